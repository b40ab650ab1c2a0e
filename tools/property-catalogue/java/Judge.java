import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Asks the running classes of a release whether they accept a configuration.
 * Usage: Judge HOME. Reads one JSON object per line, {"component": ..., "properties": {...}}, and answers each by a line
 * with a JSON list: the errors, none when it is accepted.
 */
public final class Judge
{
    private Judge() {}

    record Case(String component, Map<String, String> properties) {}

    public static void main(String[] arguments)
            throws Exception
    {
        // Trino's logging takes System.out over
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
        ObjectMapper json = new ObjectMapper();
        Components components = new Components(Path.of(arguments[0]));
        BufferedReader cases = new BufferedReader(new InputStreamReader(System.in));
        for (String line = cases.readLine(); line != null; line = cases.readLine()) {
            Case one = json.readValue(line, Case.class);
            List<String> errors = components.start(one.component(), one.properties());
            answers.println(json.writeValueAsString(errors));
        }
        Runtime.getRuntime().halt(0);
    }
}

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the running classes of a release whether they accept a configuration.
 * Usage: Judge HOME. Reads one JSON object per line, a {@link Case}, and answers each by a line with a JSON list: the errors,
 * none when it is accepted; null about a component that the release does not have here.
 */
public final class Judge
{
    private Judge() {}

    /**
     * Properties, or a file with them.
     * @param properties of a server's file: those of its launcher
     * @param selector the property of the file that says which component it is for
     * @param heap in bytes; of a server's file
     */
    record Case(String component, Map<String, String> properties, String file, String selector, long heap) {}

    public static void main(String[] arguments)
            throws Exception
    {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
        // some of Trino's libraries print warnings
        System.setOut(System.err);
        ObjectMapper json = new ObjectMapper();
        Components components = new Components(Path.of(arguments[0]));
        BufferedReader cases = new BufferedReader(new InputStreamReader(System.in));
        for (String line = cases.readLine(); line != null; line = cases.readLine()) {
            answers.println(json.writeValueAsString(judge(components, json.readValue(line, Case.class))));
        }
        Runtime.getRuntime().halt(0);
    }

    private static List<String> judge(Components components, Case one)
    {
        String name = one.component();
        if (!components.names().contains(name)) {
            return null;
        }
        if (one.file() == null) {
            return components.start(name, one.properties());
        }
        Path file = Path.of(one.file());
        return name.equals("server") ? components.startServer(file, one.properties(), one.heap()) : components.startFile(name, file, Optional.ofNullable(one.selector()));
    }
}

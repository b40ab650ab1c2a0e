import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads lines of a pattern, a tab and a text; says of each whether the pattern matches all of the text, or is broken. */
public final class Patterns
{
    private Patterns() {}

    public static void main(String[] arguments)
            throws IOException
    {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StringBuilder answers = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int tab = line.indexOf('\t');
            answers.append(answer(line.substring(0, tab), line.substring(tab + 1))).append('\n');
        }
        System.out.print(answers);
    }

    private static String answer(String pattern, String text)
    {
        try {
            return Pattern.matches(pattern, text) ? "matches" : "differs";
        }
        catch (PatternSyntaxException e) {
            return "broken";
        }
    }
}

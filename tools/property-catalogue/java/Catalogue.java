import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks the running classes of a release which properties each component accepts, in its file and in a session.
 * Usage: Catalogue HOME. Reads starting points, one JSON object per line, {"component": ..., "properties": {...}}; writes
 * one JSON document.
 */
public final class Catalogue
{
    private Catalogue() {}

    record StartingPoint(String component, TreeMap<String, String> properties) {}

    public static void main(String[] arguments)
            throws Exception
    {
        // Trino's logging takes System.out over
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
        ObjectMapper json = new ObjectMapper();
        Map<String, List<Map<String, String>>> points = new LinkedHashMap<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            StartingPoint point = json.readValue(line, StartingPoint.class);
            points.computeIfAbsent(point.component(), name -> new ArrayList<>()).add(point.properties());
        }
        Components components = new Components(Path.of(arguments[0]));
        points.keySet().retainAll(components.names());
        Map<String, Object> catalogue = new TreeMap<>();
        for (String name : points.keySet()) {
            Map<String, Object> explored = new TreeMap<>(new Explorer(components, name, points.get(name)).explore());
            explored.put("session", Sessions.of(components, name, points.get(name).getFirst()));
            catalogue.put(name, explored);
        }
        out.println(json.writeValueAsString(catalogue));
        Runtime.getRuntime().halt(0);
    }
}

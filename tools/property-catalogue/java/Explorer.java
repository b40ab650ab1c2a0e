import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds every configuration that a component registers, and under which settings: it is started again and again, each time
 * with one of the choices changed that its modules look at.
 */
final class Explorer
{
    /** A configuration class that is bound under a prefix. */
    private record Binding(Class<?> type, String prefix) {}

    /** What one start registers, with the defaults of the moment; and what its modules looked at. */
    private record Start(Map<Binding, Object> defaults, Set<Binding> read) {}

    /** One choice taken in another way than before. */
    private record Step(Map<String, String> before, String property, String value) {}

    private final Components components;
    private final String name;
    private final List<Map<String, String>> points;
    private final Map<Map<String, String>, Start> starts = new HashMap<>();

    private final Map<Binding, Map<String, Map<String, Object>>> found = new LinkedHashMap<>();
    private final Map<Binding, Map<String, String>> foundIn = new HashMap<>();
    private final Map<Binding, Map<String, Set<String>>> lostWith = new HashMap<>();

    Explorer(Components components, String name, List<Map<String, String>> points)
    {
        this.components = components;
        this.name = name;
        this.points = points;
    }

    /** The component's part of the catalogue: its properties by name, and the names it refuses. */
    Map<String, Object> explore()
            throws ReflectiveOperationException
    {
        Queue<Map<String, String>> open = new ArrayDeque<>(points);
        Map<Map<String, String>, Step> steps = new HashMap<>();
        Set<Map<String, String>> seen = new LinkedHashSet<>(points);
        while (!open.isEmpty()) {
            Map<String, String> settings = open.remove();
            Start start = start(settings);
            note(start, settings, steps.get(settings));
            for (Step step : choices(start, settings)) {
                Map<String, String> next = with(settings, step.property(), step.value());
                if (seen.add(next)) {
                    steps.put(next, step);
                    open.add(next);
                }
            }
        }
        return result();
    }

    private void note(Start start, Map<String, String> settings, Step step)
            throws ReflectiveOperationException
    {
        for (Map.Entry<Binding, Object> entry : start.defaults().entrySet()) {
            if (foundIn.putIfAbsent(entry.getKey(), settings) == null) {
                found.put(entry.getKey(), Metadata.properties(entry.getKey().type(), entry.getValue()));
            }
        }
        if (step == null || start.defaults().isEmpty()) {
            return;
        }
        Set<Binding> lost = new LinkedHashSet<>(start(step.before()).defaults().keySet());
        lost.removeAll(start.defaults().keySet());
        if (!lost.isEmpty() && !isBroken(settings)) {
            for (Binding binding : lost) {
                lostWith.computeIfAbsent(binding, key -> new TreeMap<>()).computeIfAbsent(step.property(), key -> new TreeSet<>()).add(step.value());
            }
        }
    }

    /** Whether a module failed, so that what it would have registered says nothing. */
    private boolean isBroken(Map<String, String> settings)
    {
        return components.start(name, settings).stream().anyMatch(error -> error.contains("Invalid value") || error.contains("An exception was caught"));
    }

    /** Every other value of the booleans and constants that modules looked at; only what a start brought newly is varied. */
    private List<Step> choices(Start start, Map<String, String> settings)
    {
        List<Step> steps = new ArrayList<>();
        for (Binding binding : start.read()) {
            boolean isNew = settings.equals(foundIn.get(binding)) || points.contains(settings);
            Map<String, Map<String, Object>> properties = isNew ? found.getOrDefault(binding, Map.of()) : Map.of();
            properties.forEach((property, facts) -> {
                String full = full(binding, property);
                for (Object value : values(facts)) {
                    if (!settings.containsKey(full) && !value.toString().equals(String.valueOf(facts.get("default")))) {
                        steps.add(new Step(settings, full, value.toString()));
                    }
                }
            });
        }
        return steps;
    }

    private static Collection<?> values(Map<String, Object> facts)
    {
        return switch ((String) facts.get("type")) {
            case "boolean" -> List.of("true", "false");
            case "enum" -> (List<?>) facts.get("enum");
            default -> List.of();
        };
    }

    private Map<String, Object> result()
            throws ReflectiveOperationException
    {
        Map<String, Map<String, Object>> properties = new TreeMap<>();
        Set<String> defunct = new TreeSet<>();
        for (Binding binding : found.keySet()) {
            Map<String, Object> conditions = conditions(binding);
            found.get(binding).forEach((property, facts) -> {
                facts.putAll(conditions);
                if (facts.get("legacy") instanceof List<?> legacy) {
                    facts.put("legacy", legacy.stream().map(old -> full(binding, old.toString())).toList());
                }
                if (facts.get("legacyFacts") instanceof Map<?, ?> others) {
                    Map<String, Object> full = new TreeMap<>();
                    others.forEach((old, kind) -> full.put(full(binding, old.toString()), kind));
                    facts.put("legacyFacts", full);
                }
                properties.merge(full(binding, property), facts, Explorer::either);
            });
            Metadata.defunct(binding.type()).forEach(old -> defunct.add(full(binding, old)));
        }
        return Map.of("properties", properties, "defunct", defunct);
    }

    /** Two classes with the same property: it is known where either is, and required where both require it. */
    private static Map<String, Object> either(Map<String, Object> one, Map<String, Object> other)
    {
        Map<String, Object> either = new LinkedHashMap<>(one);
        if (!other.containsKey("required")) {
            either.remove("required");
        }
        List<Object> alternatives = new ArrayList<>(alternatives(one));
        alternatives.addAll(alternatives(other));
        List.of("when", "orWhen", "unless").forEach(either::remove);
        if (one.containsKey("when") && other.containsKey("when")) {
            either.put("when", alternatives.removeFirst());
            either.put("orWhen", alternatives);
        }
        return either;
    }

    private static List<Object> alternatives(Map<String, Object> facts)
    {
        List<Object> alternatives = new ArrayList<>();
        if (facts.containsKey("when")) {
            alternatives.add(facts.get("when"));
        }
        alternatives.addAll((Collection<?>) facts.getOrDefault("orWhen", List.of()));
        return alternatives;
    }

    private Map<String, Object> conditions(Binding binding)
    {
        Map<String, Object> conditions = new LinkedHashMap<>();
        Map<String, String> when = least(foundIn.get(binding), binding);
        if (name.equals("server") && !isFoundIn(with(foundIn.get(binding), "coordinator", "false"), binding)) {
            conditions.put("role", "coordinator");
        }
        when.remove("coordinator");
        if (!when.isEmpty()) {
            conditions.put("when", when);
            Set<Map<String, String>> others = new LinkedHashSet<>();
            points.stream().filter(point -> isFoundIn(point, binding)).forEach(point -> others.add(least(point, binding)));
            others.forEach(other -> other.remove("coordinator"));
            others.remove(when);
            if (!others.isEmpty()) {
                conditions.put("orWhen", others);
            }
        }
        Map<String, Set<String>> unless = new TreeMap<>(lostWith.getOrDefault(binding, Map.of()));
        unless.keySet().removeAll(when.keySet());
        unless.remove("coordinator");
        unless.replaceAll((property, values) -> new TreeSet<>(values.stream().filter(value -> !isFoundWith(binding, property, value)).toList()));
        unless.values().removeIf(Set::isEmpty);
        if (!unless.isEmpty()) {
            conditions.put("unless", unless);
        }
        return conditions;
    }

    /** Whether some start has both: then a start without the binding failed for another reason. */
    private boolean isFoundWith(Binding binding, String property, String value)
    {
        return starts.entrySet().stream().anyMatch(entry -> value.equals(entry.getKey().get(property)) && entry.getValue().defaults().containsKey(binding));
    }

    /** The settings without those that the binding does not need. */
    private Map<String, String> least(Map<String, String> settings, Binding binding)
    {
        Map<String, String> least = new TreeMap<>(settings);
        for (String property : settings.keySet()) {
            String value = least.remove(property);
            if (!isFoundIn(least, binding)) {
                least.put(property, value);
            }
        }
        return least;
    }

    private boolean isFoundIn(Map<String, String> settings, Binding binding)
    {
        return start(settings).defaults().containsKey(binding);
    }

    private static Map<String, String> with(Map<String, String> settings, String property, String value)
    {
        Map<String, String> changed = new TreeMap<>(settings);
        changed.put(property, value);
        return changed;
    }

    private static String full(Binding binding, String property)
    {
        return binding.prefix().isEmpty() ? property : binding.prefix() + "." + property;
    }

    private Start start(Map<String, String> settings)
    {
        Map<String, String> key = new TreeMap<>(settings);
        Start known = starts.get(key);
        if (known != null) {
            return known;
        }
        Start start = new Start(new LinkedHashMap<>(), new LinkedHashSet<>());
        Hook.onRead = (type, prefix) -> start.read().add(new Binding(type, text(prefix)));
        Hook.onRegistered = factory -> {
            register(factory, start);
            throw new Hook.Stop();
        };
        components.start(name, key);
        Hook.onRead = (type, prefix) -> {};
        Hook.onRegistered = factory -> {};
        starts.put(key, start);
        return start;
    }

    private static void register(Object factory, Start start)
    {
        try {
            for (Binding read : start.read()) {
                // Trino's own start looks at some classes without registering them
                start.defaults().put(read, read.type().getConstructor().newInstance());
            }
            for (Object provider : (Iterable<?>) Metadata.get(factory, "configurationProviders")) {
                Object binding = Metadata.get(provider, "configurationBinding");
                Class<?> type = (Class<?>) Metadata.get(binding, "configClass");
                start.defaults().put(new Binding(type, text(Metadata.get(binding, "prefix"))), defaults(factory, Metadata.get(binding, "key")));
            }
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object defaults(Object factory, Object key)
            throws ReflectiveOperationException
    {
        Method method = Arrays.stream(factory.getClass().getDeclaredMethods()).filter(one -> one.getName().equals("getDefaultConfig")).findFirst().orElseThrow();
        method.setAccessible(true);
        return method.invoke(factory, key);
    }

    private static String text(Object prefix)
    {
        return ((Optional<?>) prefix).map(Object::toString).orElse("");
    }
}

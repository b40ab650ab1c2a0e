import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a configuration class says about its properties: types, constraints, old names, defaults. */
final class Metadata
{
    private Metadata() {}

    /** Name to facts, in the spelling of the library's data. The names are without the prefix of a binding. */
    static Map<String, Map<String, Object>> properties(Class<?> type, Object defaults)
            throws ReflectiveOperationException
    {
        Map<String, Map<String, Object>> properties = new TreeMap<>();
        for (Object attribute : attributes(type)) {
            Object point = get(attribute, "injectionPoint");
            properties.put((String) get(point, "property"), facts(attribute, (Method) get(point, "setter"), defaults));
        }
        return properties;
    }

    /** The names that the class refuses. */
    static List<String> defunct(Class<?> type)
            throws ReflectiveOperationException
    {
        for (Annotation annotation : type.getAnnotations()) {
            if (annotation.annotationType().getSimpleName().equals("DefunctConfig")) {
                return List.of((String[]) annotation.annotationType().getMethod("value").invoke(annotation));
            }
        }
        return List.of();
    }

    /** Reads a property of an object of any release: newer ones turned some classes into records. */
    static Object get(Object object, String name)
            throws ReflectiveOperationException
    {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        List<String> spellings = List.of(name, "get" + capital, "is" + capital);
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getParameterCount() == 0 && spellings.contains(method.getName())) {
                    method.setAccessible(true);
                    return method.invoke(object);
                }
            }
        }
        throw new NoSuchMethodException(object.getClass() + "." + name);
    }

    private static Collection<?> attributes(Class<?> type)
            throws ReflectiveOperationException
    {
        Class<?> metadata = type.getClassLoader().loadClass("io.airlift.configuration.ConfigurationMetadata");
        Object instance = metadata.getMethod("getConfigurationMetadata", Class.class).invoke(null, type);
        return ((Map<?, ?>) metadata.getMethod("getAttributes").invoke(instance)).values();
    }

    private static Map<String, Object> facts(Object attribute, Method setter, Object defaults)
            throws ReflectiveOperationException
    {
        Method getter = (Method) get(attribute, "getter");
        Map<String, Object> facts = new LinkedHashMap<>(kind(setter, getter));
        if (getter != null) {
            Object value = defaults == null ? null : getter.invoke(defaults);
            text(value).ifPresent(text -> facts.put("default", typed(facts.get("type"), text)));
            Stream.concat(Arrays.stream(getter.getAnnotations()), onTypes(getter.getAnnotatedReturnType())).forEach(annotation -> constrain(facts, annotation, value == null));
        }
        if ((boolean) get(attribute, "securitySensitive")) {
            facts.put("secret", true);
        }
        if (setter.isAnnotationPresent(Deprecated.class)) {
            facts.put("deprecated", true);
        }
        Map<String, Object> legacy = new TreeMap<>();
        Map<String, Object> others = new TreeMap<>();
        for (Object point : (Collection<?>) get(attribute, "legacyInjectionPoints")) {
            String name = (String) get(point, "property");
            legacy.put(name, true);
            Map<String, Object> kind = kind((Method) get(point, "setter"), getter);
            if (!kind.entrySet().stream().allMatch(fact -> fact.getValue().equals(facts.get(fact.getKey())))) {
                others.put(name, kind);
            }
        }
        if (!legacy.isEmpty()) {
            facts.put("legacy", List.copyOf(legacy.keySet()));
        }
        if (!others.isEmpty()) {
            facts.put("legacyFacts", others);
        }
        return facts;
    }

    private static Stream<Annotation> onTypes(AnnotatedType type)
    {
        Stream<Annotation> own = Arrays.stream(type.getAnnotations());
        if (!(type instanceof AnnotatedParameterizedType parameterized)) {
            return own;
        }
        return Stream.concat(own, Arrays.stream(parameterized.getAnnotatedActualTypeArguments()).flatMap(argument -> Arrays.stream(argument.getAnnotations())));
    }

    /** A setter that takes a text parses it itself: its getter tells into what. A number from a text is one of threads. */
    private static Map<String, Object> kind(Method setter, Method getter)
    {
        if (getter == null || setter.getParameterTypes()[0] != String.class) {
            return kind(setter.getGenericParameterTypes()[0]);
        }
        Map<String, Object> parsed = kind(getter.getGenericReturnType());
        return parsed.get("type").equals("int") ? Map.of("type", "thread-count") : parsed;
    }

    private static Map<String, Object> kind(Type type)
    {
        Class<?> raw = type instanceof ParameterizedType parameterized ? (Class<?>) parameterized.getRawType() : (Class<?>) type;
        if (raw.isEnum()) {
            boolean exact = Arrays.stream(raw.getMethods()).anyMatch(method -> method.getName().equals("fromString") && method.getParameterCount() == 1);
            return exact ? Map.of("type", "enum", "enum", constants(raw), "exact", true) : Map.of("type", "enum", "enum", constants(raw));
        }
        if (raw == Optional.class) {
            return kind(((ParameterizedType) type).getActualTypeArguments()[0]);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            Map<String, Object> items = kind(((ParameterizedType) type).getActualTypeArguments()[0]);
            Map<String, Object> list = new LinkedHashMap<>(items);
            list.put("type", "list");
            if (!items.get("type").equals("string")) {
                list.put("items", items.get("type"));
            }
            return list;
        }
        return Map.of("type", TYPES.getOrDefault(raw.getSimpleName().toLowerCase(), "string"));
    }

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("boolean", "boolean"),
            Map.entry("int", "int"),
            Map.entry("integer", "int"),
            Map.entry("optionalint", "int"),
            Map.entry("long", "long"),
            Map.entry("optionallong", "long"),
            Map.entry("double", "double"),
            Map.entry("optionaldouble", "double"),
            Map.entry("float", "double"),
            Map.entry("bigdecimal", "decimal"),
            Map.entry("duration", "duration"),
            Map.entry("datasize", "data-size"),
            Map.entry("threadcount", "thread-count"),
            Map.entry("file", "path"),
            Map.entry("path", "path"),
            Map.entry("uri", "uri"),
            Map.entry("map", "map"),
            Map.entry("hostandport", "host-and-port"));

    private static List<String> constants(Class<?> type)
    {
        return Arrays.stream(type.getEnumConstants()).map(constant -> ((Enum<?>) constant).name()).toList();
    }

    private static void constrain(Map<String, Object> facts, Annotation annotation, boolean isNull)
    {
        switch (annotation.annotationType().getSimpleName()) {
            case "Min", "MinDuration", "MinDataSize" -> facts.put("min", value(annotation, "value"));
            case "Max", "MaxDuration", "MaxDataSize" -> facts.put("max", value(annotation, "value"));
            case "DecimalMin" -> {
                facts.put("min", number(value(annotation, "value")));
                if (!(boolean) value(annotation, "inclusive")) {
                    facts.put("minExclusive", true);
                }
            }
            case "DecimalMax" -> facts.put("max", number(value(annotation, "value")));
            case "Positive" -> facts.put("min", 1);
            case "Size" -> {
                if (!value(annotation, "min").equals(0)) {
                    facts.put("minSize", value(annotation, "min"));
                }
                if (!value(annotation, "max").equals(Integer.MAX_VALUE)) {
                    facts.put("maxSize", value(annotation, "max"));
                }
            }
            case "NotEmpty", "NotBlank" -> {
                facts.put("minSize", 1);
                if (isNull) {
                    facts.put("required", true);
                }
            }
            case "Pattern" -> facts.put("pattern", value(annotation, "regexp"));
            case "PowerOfTwo" -> facts.put("powerOfTwo", true);
            case "NotNull" -> {
                if (isNull) {
                    facts.put("required", true);
                }
            }
            default -> {}
        }
    }

    private static Object value(Annotation annotation, String name)
    {
        try {
            return annotation.annotationType().getMethod(name).invoke(annotation);
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object number(Object text)
    {
        return Double.valueOf(text.toString());
    }

    private static Optional<String> text(Object value)
    {
        return switch (value) {
            case null -> Optional.empty();
            case Optional<?> optional -> optional.flatMap(Metadata::text);
            case OptionalInt optional -> optional.isPresent() ? Optional.of("" + optional.getAsInt()) : Optional.empty();
            case OptionalLong optional -> optional.isPresent() ? Optional.of("" + optional.getAsLong()) : Optional.empty();
            case OptionalDouble optional -> optional.isPresent() ? Optional.of("" + optional.getAsDouble()) : Optional.empty();
            case Enum<?> constant -> Optional.of(constant.name());
            case Collection<?> items -> Optional.of(String.join(",", items.stream().flatMap(item -> text(item).stream()).toList()));
            case Map<?, ?> map -> Optional.of(map.isEmpty() ? "" : map.toString());
            // 5.00m, 1.00GB
            default -> Optional.of(value.toString().replaceFirst("^(\\d+)\\.00([a-zA-Z]+)$", "$1$2"));
        };
    }

    private static Object typed(Object type, String value)
    {
        return switch ((String) type) {
            case "boolean" -> Boolean.valueOf(value);
            case "int", "long" -> Long.valueOf(value);
            case "double" -> Double.valueOf(value);
            default -> value;
        };
    }
}

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Asks a running component which session properties it has: those that `SHOW SESSION` hides, too. */
final class Sessions
{
    /** How the library calls what a Java type reads; text of any other type is not judged. */
    private static final Map<String, String> TYPES = Map.of(
            "java.lang.Boolean", "boolean",
            "java.lang.Integer", "int",
            "java.lang.Long", "long",
            "java.lang.Double", "double",
            "io.airlift.units.DataSize", "data-size",
            "io.airlift.units.Duration", "duration");

    /** The second one's are there where results are spooled. */
    private static final List<String> OF_SERVER = List.of(
            "io.trino.SystemSessionProperties",
            "io.trino.server.protocol.spooling.SpoolingSessionProperties");

    private Sessions() {}

    /** What the component knows of each of its session properties, by name; empty for one that has none. */
    static Map<String, Map<String, Object>> of(Components components, String component, Map<String, String> properties)
            throws Exception
    {
        if (component.equals("server")) {
            return facts(ofServer(components.serverLoader()));
        }
        return component.startsWith("connector:") ? facts(ofConnector(components.create(component, properties))) : Map.of();
    }

    /** Their defaults come from the configuration; names and types do not. */
    private static List<?> ofServer(ClassLoader loader)
            throws ReflectiveOperationException
    {
        List<Object> properties = new ArrayList<>();
        for (String provider : OF_SERVER) {
            Class<?> type = loader.loadClass(provider);
            Object instance = withDefaults(Arrays.stream(type.getConstructors()).filter(it -> it.getParameterCount() > 0).findFirst().orElseThrow());
            properties.addAll((List<?>) type.getMethod("getSessionProperties").invoke(instance));
        }
        return properties;
    }

    private static Object withDefaults(Constructor<?> injected)
            throws ReflectiveOperationException
    {
        Object[] configuration = new Object[injected.getParameterCount()];
        for (int i = 0; i < configuration.length; i++) {
            configuration[i] = injected.getParameterTypes()[i].getConstructor().newInstance();
        }
        return injected.newInstance(configuration);
    }

    private static Iterable<?> ofConnector(Object connector)
            throws ReflectiveOperationException
    {
        return (Iterable<?>) Components.method(connector.getClass(), "getSessionProperties").invoke(connector);
    }

    private static Map<String, Map<String, Object>> facts(Iterable<?> properties)
            throws ReflectiveOperationException
    {
        Map<String, Map<String, Object>> facts = new TreeMap<>();
        for (Object property : properties) {
            facts.put((String) ask(property, "getName"), facts(property));
        }
        return facts;
    }

    private static Map<String, Object> facts(Object property)
            throws ReflectiveOperationException
    {
        Class<?> type = (Class<?>) ask(property, "getJavaType");
        if (type.isEnum() && readsNames(property, type)) {
            return Map.of("type", "enum", "enum", Arrays.stream(type.getEnumConstants()).map(it -> ((Enum<?>) it).name()).toList());
        }
        return Map.of("type", TYPES.getOrDefault(type.getName(), "string"));
    }

    /** Whether the property reads the names of its constants, in small letters too, and nothing else. */
    private static boolean readsNames(Object property, Class<?> type)
    {
        return Arrays.stream(type.getEnumConstants()).allMatch(it -> reads(property, ((Enum<?>) it).name().toLowerCase(Locale.ENGLISH)))
                && !reads(property, "none of them");
    }

    private static boolean reads(Object property, String text)
    {
        try {
            property.getClass().getMethod("decode", Object.class).invoke(property, text);
            return true;
        }
        catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static Object ask(Object property, String question)
            throws ReflectiveOperationException
    {
        return property.getClass().getMethod(question).invoke(property);
    }
}

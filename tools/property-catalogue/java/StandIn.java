import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers in place of the running server, which is not there: harmless, and the same every time. */
final class StandIn
{
    private StandIn() {}

    static Object of(Class<?> type, ClassLoader loader)
    {
        if (type == ClassLoader.class) {
            return loader;
        }
        Object value = VALUES.get(type);
        if (value != null || !type.isInterface()) {
            return value;
        }
        if (type.getName().startsWith("io.opentelemetry.api.")) {
            return telemetry(type);
        }
        if (type.getName().equals("io.trino.spi.type.TypeManager")) {
            return types.computeIfAbsent(type.getClassLoader(), StandIn::types);
        }
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer(proxy, method, arguments, loader));
    }

    private static final Map<ClassLoader, Object> types = new HashMap<>();

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(String.class, "test"),
            Map.entry(boolean.class, true),
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(double.class, 1.0),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(List.class, List.of()),
            Map.entry(Collection.class, List.of()),
            Map.entry(Iterable.class, List.of()),
            Map.entry(Set.class, Set.of()),
            Map.entry(Map.class, Map.of()));

    private static Object answer(Object proxy, Method method, Object[] arguments, ClassLoader loader)
    {
        return switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            // connectors compare it with the version they were built for
            case "getSpiVersion", "getVersion" -> System.getProperty("trino.version");
            default -> of(method.getReturnType(), loader);
        };
    }

    /** An object of a class whose constructor asks for too much; none of its fields is set. */
    static Object empty(Class<?> type)
            throws ReflectiveOperationException
    {
        Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        return ((sun.misc.Unsafe) field.get(null)).allocateInstance(type);
    }

    /** The server's own types: descriptions of tables name them. */
    private static Object types(ClassLoader server)
    {
        try {
            Class<?> operators = server.loadClass("io.trino.spi.type.TypeOperators");
            Class<?> features = server.loadClass("io.trino.FeaturesConfig");
            Class<?> registry = server.loadClass("io.trino.metadata.TypeRegistry");
            Object types = registry.getConstructor(operators, features).newInstance(operators.getConstructor().newInstance(), features.getConstructor().newInstance());
            return server.loadClass("io.trino.type.InternalTypeManager").getConstructor(registry).newInstance(types);
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object telemetry(Class<?> type)
    {
        try {
            ClassLoader loader = type.getClassLoader();
            Object telemetry = loader.loadClass("io.opentelemetry.api.OpenTelemetry").getMethod("noop").invoke(null);
            return type.isInstance(telemetry) ? telemetry : telemetry.getClass().getMethod("getTracer", String.class).invoke(telemetry, "test");
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
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
        String text = TEXTS.get(type.getName());
        if (text != null) {
            return parsed(type, text);
        }
        Object value = VALUES.get(type);
        if (value != null || !type.isInterface()) {
            return value;
        }
        if (type.getName().startsWith("io.opentelemetry.api.")) {
            return telemetry(type);
        }
        if (type.getName().equals("io.trino.spi.type.TypeManager")) {
            return types.computeIfAbsent(type.getClassLoader(), server -> withTypesOfPlugins(type, types(server)));
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

    /** Classes of Trino, by a text that their own parser reads. */
    private static final Map<String, String> TEXTS = Map.of(
            "io.trino.spi.HostAddress", "localhost:1",
            "io.trino.spi.connector.CatalogHandle", "test:normal:default");

    private static final Set<String> PARSERS = Set.of("fromString", "fromId");

    private static Object parsed(Class<?> type, String text)
    {
        try {
            Method parser = Arrays.stream(type.getMethods()).filter(method -> PARSERS.contains(method.getName())).findFirst().orElseThrow();
            return parser.invoke(null, text);
        }
        catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

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

    /** Of types that another plugin brings, nothing but their being there matters. */
    private static Object withTypesOfPlugins(Class<?> contract, Object types)
    {
        return Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
            try {
                return method.invoke(types, arguments);
            }
            catch (InvocationTargetException e) {
                if (e.getCause().getClass().getSimpleName().equals("TypeNotFoundException")) {
                    return contract.getClassLoader().loadClass("io.trino.spi.type.VarcharType").getField("VARCHAR").get(null);
                }
                throw e.getCause();
            }
        });
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

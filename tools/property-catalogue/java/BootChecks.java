import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a server compares while it builds its objects: the classes that do it, with an accepted configuration. */
final class BootChecks
{
    /** What these checks throw; whatever else goes wrong is for want of a running server. */
    private static final List<String> REFUSALS = List.of("java.lang.IllegalArgumentException", "com.google.common.base.VerifyException");

    /** Reads sizes that may be shares of the heap; its place has changed. */
    private static final List<String> HEAP_READERS = List.of("io.trino.execution.HeapSizeParser", "io.trino.plugin.base.configuration.HeapSizeParser");

    private final Object factory;
    private final ClassLoader server;

    /** @param factory the ConfigurationFactory of a start */
    BootChecks(Object factory, ClassLoader server)
    {
        this.factory = factory;
        this.server = server;
    }

    /** Makes the server believe in a heap of so many bytes. */
    static void pretendHeap(ClassLoader server, long heap)
    {
        for (String name : HEAP_READERS) {
            try {
                Object reader = server.loadClass(name).getField("DEFAULT").get(null);
                Field size = reader.getClass().getDeclaredField("maxHeapMemory");
                size.setAccessible(true);
                size.set(reader, (Supplier<Long>) () -> heap);
            }
            catch (ClassNotFoundException e) {
                // the other release's
            }
            catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @param heap the node's, in bytes */
    List<String> errors(long heap)
    {
        return Stream.of("io.trino.memory.LocalMemoryManager", "io.trino.memory.ClusterMemoryManager")
                .flatMap(name -> error(name, heap).stream())
                .toList();
    }

    private List<String> error(String name, long heap)
    {
        try {
            Constructor<?> constructor = Arrays.stream(server.loadClass(name).getConstructors())
                    .max((one, other) -> one.getParameterCount() - other.getParameterCount())
                    .orElseThrow();
            Object[] arguments = new Object[constructor.getParameterCount()];
            for (int index = 0; index < arguments.length; index++) {
                arguments[index] = argument(constructor.getParameterTypes()[index], heap);
            }
            constructor.newInstance(arguments);
            return List.of();
        }
        catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            return REFUSALS.contains(cause.getClass().getName()) ? List.of(cause.toString()) : List.of();
        }
        catch (ReflectiveOperationException e) {
            return List.of(e.toString());
        }
    }

    private Object argument(Class<?> type, long heap)
            throws ReflectiveOperationException
    {
        if (type == long.class) {
            return heap;
        }
        if (type.getSimpleName().endsWith("Config")) {
            return factory.getClass().getMethod("build", Class.class).invoke(factory, type);
        }
        Object standIn = StandIn.of(type, server);
        return standIn == null ? StandIn.empty(type) : standIn;
    }
}

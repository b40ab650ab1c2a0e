import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What the rewritten Trino classes call: every start ends here, before anything is started.
 * The one class that this program and the class loaders of Trino and its plugins share.
 */
public final class Hook
{
    /** Sees the configuration factory of a start once all configuration classes are registered. */
    static Consumer<Object> onRegistered = factory -> {};

    /** Sees which configuration, by class and prefix, a module looks at to decide what else to register. */
    static BiConsumer<Class<?>, Object> onRead = (type, prefix) -> {};

    /** Whether a start goes on once its configuration is accepted, and builds its objects. */
    static boolean building;

    /** How the last start ended: accepted, or refused with these errors. */
    static boolean accepted;
    static List<String> errors = List.of();

    /** The last error that Trino logged, which it ends its process with. */
    static Throwable failure;

    private Hook() {}

    public static void registered(Object factory)
    {
        onRegistered.accept(factory);
    }

    public static void read(Class<?> type, Object prefix)
    {
        onRead.accept(type, prefix);
    }

    /** Trino found its configuration wrong. */
    public static void refused(Collection<?> messages)
    {
        errors = new ArrayList<>();
        messages.forEach(message -> errors.add(text(message)));
        throw new Stop();
    }

    /** A message, with the words of what a setter threw: the message itself only names the setter. */
    private static String text(Object message)
    {
        try {
            Throwable cause = (Throwable) message.getClass().getMethod("getCause").invoke(message);
            return cause == null || cause.getMessage() == null ? message.toString() : message + ": " + cause.getMessage();
        }
        catch (ReflectiveOperationException e) {
            return message.toString();
        }
    }

    /** Trino found its configuration right, and builds its objects now. */
    public static void accepted()
    {
        accepted = true;
        if (!building) {
            throw new Stop();
        }
    }

    /** Trino logs an error. */
    public static void failed(Throwable error)
    {
        failure = error;
    }

    /** Trino ends its process: because of an error, which may be ours. */
    public static void exit(int code)
    {
        throw new Stop();
    }

    /** An error, so that no handler of exceptions holds it. */
    public static final class Stop
            extends Error
    {
        public Stop()
        {
            super("stopped before start", null, false, false);
        }
    }
}

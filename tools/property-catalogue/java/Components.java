import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything in an unpacked server that reads a properties file: the server itself and the factories of its plugins. */
final class Components
{
    /** The kinds that the library knows, by the contract of their factories. */
    private static final Map<String, String> KINDS = Map.of(
            "ConnectorFactory", "connector",
            "ResourceGroupConfigurationManagerFactory", "resource-group-manager",
            "SessionPropertyConfigurationManagerFactory", "session-property-manager",
            "PasswordAuthenticatorFactory", "password-authenticator",
            "GroupProviderFactory", "group-provider",
            "SystemAccessControlFactory", "access-control",
            "EventListenerFactory", "event-listener",
            "ExchangeManagerFactory", "exchange-manager",
            "SpoolingManagerFactory", "spooling-manager",
            "CatalogStoreFactory", "catalog-store");

    /** Factories that are part of the server and come from no plugin. */
    private static final List<String> BUILT_IN = List.of(
            "io.trino.plugin.base.security.FileBasedSystemAccessControl$Factory",
            "io.trino.connector.FileCatalogStoreFactory");

    /** What reads further files while its objects are built, and reaches nothing outside of this machine. */
    private static final Set<String> READING_FILES = Set.of(
            "resource-group-manager:file", "session-property-manager:file", "password-authenticator:file",
            "group-provider:file", "access-control:file", "connector:kafka");

    /** With it, a file is read when the first query needs it, and only then found wrong. */
    private static final String REFRESH_PERIOD = "security.refresh-period";

    private final Map<String, Component> components = new TreeMap<>();
    private final TrinoLoader server;

    private interface Start
    {
        void run()
                throws Throwable;
    }

    /** One reader of properties. */
    interface Component
    {
        /** Starts it up to the point where its configuration is accepted; what it has made, where it goes on. */
        Object start(Map<String, String> properties)
                throws Throwable;
    }

    /** @param home the folder of an unpacked server, with `lib` and `plugin` in it */
    Components(Path home)
            throws Exception
    {
        server = TrinoLoader.server(home.resolve("lib"));
        components.put("server", properties -> {
            startServer(properties);
            return null;
        });
        for (String name : BUILT_IN) {
            Object factory = server.loadClass(name).getConstructor().newInstance();
            add(factory, Stream.of(factory.getClass().getInterfaces()).findFirst().orElseThrow(), server);
        }
        try (Stream<Path> folders = Files.list(home.resolve("plugin"))) {
            for (Path folder : folders.sorted().toList()) {
                addPlugin(server.plugin(folder));
            }
        }
    }

    Collection<String> names()
    {
        return components.keySet();
    }

    /** The errors with which a server refuses the file that its launcher names, and the launcher's own properties. */
    List<String> startServer(Path file, Map<String, String> launcher, long heap)
    {
        launcher.forEach(System::setProperty);
        BootChecks.pretendHeap(server, heap);
        try {
            Object[] configuration = {null};
            Hook.onRegistered = factory -> configuration[0] = factory;
            List<String> errors = errorsOf(() -> startServer(file));
            return errors.isEmpty() ? new BootChecks(configuration[0], server).errors(heap) : errors;
        }
        finally {
            Hook.onRegistered = factory -> {};
            launcher.keySet().forEach(System::clearProperty);
            BootChecks.pretendHeap(server, Runtime.getRuntime().maxMemory());
        }
    }

    /**
     * The errors with which a component refuses a file, and the files that it names.
     * @param selector the property that says which component the file is for: Trino takes it out
     */
    List<String> startFile(String name, Path file, Optional<String> selector)
    {
        try {
            Map<String, String> properties = new TreeMap<>(load(file));
            selector.ifPresent(properties::remove);
            Hook.building = READING_FILES.contains(name);
            List<String> errors = start(name, properties);
            return errors.isEmpty() && properties.remove(REFRESH_PERIOD) != null ? start(name, properties) : errors;
        }
        catch (Exception e) {
            return List.of(e.toString());
        }
        finally {
            Hook.building = false;
        }
    }

    /** As Trino reads every file of properties. */
    @SuppressWarnings("unchecked")
    private Map<String, String> load(Path file)
            throws ReflectiveOperationException
    {
        Method load = server.loadClass("io.airlift.configuration.ConfigurationLoader").getMethod("loadPropertiesFrom", String.class);
        return (Map<String, String>) load.invoke(null, file.toString());
    }

    /** What a component's factory makes of its properties. */
    Object create(String name, Map<String, String> properties)
            throws Exception
    {
        Hook.building = true;
        try {
            return components.get(name).start(properties);
        }
        catch (Throwable e) {
            throw new IllegalStateException(name + " was not created: " + Hook.errors, e);
        }
        finally {
            Hook.building = false;
        }
    }

    ClassLoader serverLoader()
    {
        return server;
    }

    /** The errors with which a component refuses its configuration; none when it accepts it. */
    List<String> start(String name, Map<String, String> properties)
    {
        // what Trino's reader of files does: see io.airlift.configuration.ConfigurationLoader
        Map<String, String> trimmed = new TreeMap<>(properties);
        trimmed.replaceAll((property, value) -> value.trim());
        return errorsOf(() -> components.get(name).start(trimmed));
    }

    private static List<String> errorsOf(Start start)
    {
        Hook.errors = List.of();
        Hook.accepted = false;
        Hook.failure = null;
        try {
            start.run();
            return List.of();
        }
        catch (Hook.Stop stop) {
            List<String> errors = Hook.errors.stream().filter(error -> !isOurFault(error)).toList();
            if (Hook.accepted || !Hook.errors.isEmpty()) {
                return errors;
            }
            return List.of(Hook.failure == null ? "ended without a word" : rootOf(Hook.failure).toString());
        }
        catch (Throwable e) {
            return Hook.errors.isEmpty() ? List.of(rootOf(e).toString()) : Hook.errors;
        }
    }

    /** What is wrong, below what failed because of it. */
    private static Throwable rootOf(Throwable error)
    {
        return error.getCause() == null ? error : rootOf(error.getCause());
    }

    /** The stand-in context has nulls in it that the real one has not. */
    private static boolean isOurFault(String error)
    {
        return error.contains("Binding to null instances");
    }

    private void startServer(Map<String, String> properties)
            throws Throwable
    {
        Path file = Files.createTempFile("config", ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            Properties content = new Properties();
            content.putAll(properties);
            content.store(writer, null);
        }
        try {
            startServer(file);
        }
        finally {
            Files.delete(file);
        }
    }

    private void startServer(Path file)
            throws Throwable
    {
        System.setProperty("config", file.toString());
        Thread.currentThread().setContextClassLoader(server);
        Object instance = server.loadClass("io.trino.server.Server").getConstructor().newInstance();
        call(method(instance.getClass(), "start"), instance, "test");
    }

    private void addPlugin(TrinoLoader loader)
            throws Exception
    {
        Thread.currentThread().setContextClassLoader(loader);
        for (URL services : Collections.list(loader.findResources("META-INF/services/io.trino.spi.Plugin"))) {
            for (String name : lines(services)) {
                Object plugin = loader.loadClass(name).getConstructor().newInstance();
                for (Method method : server.loadClass("io.trino.spi.Plugin").getMethods()) {
                    addFactories(plugin, method, loader);
                }
            }
        }
    }

    private static List<String> lines(URL resource)
            throws IOException
    {
        try (var stream = resource.openStream()) {
            return new String(stream.readAllBytes()).lines().map(String::trim).filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
        }
    }

    private void addFactories(Object plugin, Method method, TrinoLoader loader)
            throws ReflectiveOperationException
    {
        if (method.getParameterCount() > 0 || !(method.getGenericReturnType() instanceof ParameterizedType type) || !(type.getActualTypeArguments()[0] instanceof Class<?> contract) || !KINDS.containsKey(contract.getSimpleName())) {
            return;
        }
        for (Object factory : (Iterable<?>) method.invoke(plugin)) {
            add(factory, contract, loader);
        }
    }

    private void add(Object factory, Class<?> contract, TrinoLoader loader)
            throws ReflectiveOperationException
    {
        String name = KINDS.get(contract.getSimpleName()) + ":" + method(contract, "getName").invoke(factory);
        Method create = method(contract, "create");
        components.put(name, properties -> {
            Thread.currentThread().setContextClassLoader(loader);
            return call(create, factory, Arrays.stream(create.getParameterTypes()).map(type -> type == Map.class ? properties : StandIn.of(type, loader)).toArray());
        });
    }

    /** The method of that name; of several, the one with the most parameters: the one that is given a context. */
    static Method method(Class<?> type, String name)
    {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .max(Comparator.comparing(Method::getParameterCount))
                .orElseThrow();
    }

    private static Object call(Method method, Object target, Object... arguments)
            throws Throwable
    {
        try {
            // a String parameter is the name of a catalog
            method.setAccessible(true);
            return method.invoke(target, arguments);
        }
        catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

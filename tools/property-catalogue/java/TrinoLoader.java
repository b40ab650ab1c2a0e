import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Loads Trino, or one of its plugins, with the places rewritten in which a start calls {@link Hook}. */
final class TrinoLoader
        extends URLClassLoader
{
    /** What a plugin shares with the server. See io.trino.server.PluginManager. */
    private static final List<String> SPI = List.of(
            "io.trino.spi.", "com.fasterxml.jackson.annotation.", "io.airlift.slice.", "org.openjdk.jol.",
            "io.opentelemetry.api.", "io.opentelemetry.context.");

    private static final ClassDesc HOOK = ClassDesc.of("Hook");

    /** What runs before the code of some methods. */
    private record Prologue(Predicate<MethodModel> methods, Consumer<CodeBuilder> code) {}

    private static final Map<String, ClassTransform> REWRITES = Map.of(
            "io.airlift.configuration.ConfigurationFactory",
            prepending(
                    new Prologue(named("validateRegisteredConfigurationProvider"), code -> code.aload(0).invokestatic(HOOK, "registered", MethodTypeDesc.ofDescriptor("(Ljava/lang/Object;)V"))),
                    new Prologue(TrinoLoader::builds, code -> code.aload(1).aload(2).invokestatic(HOOK, "read", MethodTypeDesc.ofDescriptor("(Ljava/lang/Class;Ljava/lang/Object;)V")))),
            "io.airlift.bootstrap.ApplicationConfigurationException",
            prepending(new Prologue(named("<init>"), code -> code.aload(1).invokestatic(HOOK, "refused", MethodTypeDesc.ofDescriptor("(Ljava/util/Collection;)V")))),
            "io.airlift.log.Logger",
            prepending(new Prologue(TrinoLoader::logsError, code -> code.aload(1).invokestatic(HOOK, "failed", MethodTypeDesc.ofDescriptor("(Ljava/lang/Throwable;)V")))),
            "com.google.inject.Guice",
            prepending(new Prologue(named("createInjector"), code -> code.invokestatic(HOOK, "accepted", MethodTypeDesc.ofDescriptor("()V")))),
            "io.trino.server.Server",
            ClassTransform.transformingMethodBodies(TrinoLoader::withoutExit));

    /** Null for the server's own loader. */
    private final ClassLoader spi;

    private TrinoLoader(Path folder, ClassLoader spi)
    {
        super(jars(folder), ClassLoader.getPlatformClassLoader());
        this.spi = spi;
    }

    static TrinoLoader server(Path lib)
    {
        return new TrinoLoader(lib, null);
    }

    TrinoLoader plugin(Path folder)
    {
        return new TrinoLoader(folder, this);
    }

    private static URL[] jars(Path folder)
    {
        List<URL> urls = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            // an assembled plugin names its class in the folder
            urls.add(folder.toUri().toURL());
            for (Path file : files) {
                urls.add(file.toUri().toURL());
            }
        }
        catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve)
            throws ClassNotFoundException
    {
        if (name.equals("Hook") || name.startsWith("Hook$")) {
            return Hook.class.getClassLoader().loadClass(name);
        }
        if (spi != null && SPI.stream().anyMatch(name::startsWith)) {
            return spi.loadClass(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    protected Class<?> findClass(String name)
            throws ClassNotFoundException
    {
        ClassTransform rewrite = REWRITES.get(name);
        if (rewrite == null) {
            return super.findClass(name);
        }
        try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            ClassFile classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this)));
            byte[] bytes = classFile.transformClass(classFile.parse(stream.readAllBytes()), rewrite);
            return defineClass(name, bytes, 0, bytes.length);
        }
        catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static Predicate<MethodModel> named(String name)
    {
        return method -> method.methodName().equalsString(name);
    }

    /** ConfigurationFactory.build(class, prefix, defaults), which every reading of a configuration ends in. */
    private static boolean builds(MethodModel method)
    {
        return method.methodName().equalsString("build") && method.methodTypeSymbol().parameterCount() == 3;
    }

    private static boolean logsError(MethodModel method)
    {
        return method.methodName().equalsString("error") && method.methodTypeSymbol().parameterCount() > 0 && method.methodTypeSymbol().parameterType(0).equals(ConstantDescs.CD_Throwable);
    }

    private static ClassTransform prepending(Prologue... prologues)
    {
        return (builder, element) -> {
            if (element instanceof MethodModel method) {
                for (Prologue prologue : prologues) {
                    if (prologue.methods().test(method)) {
                        builder.transformMethod(method, MethodTransform.transformingCode(CodeTransform.ofStateful(() -> prepended(prologue.code()))));
                        return;
                    }
                }
            }
            builder.with(element);
        };
    }

    private static CodeTransform prepended(Consumer<CodeBuilder> prologue)
    {
        return new CodeTransform()
        {
            @Override
            public void atStart(CodeBuilder builder)
            {
                prologue.accept(builder);
            }

            @Override
            public void accept(CodeBuilder builder, CodeElement element)
            {
                builder.with(element);
            }
        };
    }

    private static void withoutExit(CodeBuilder builder, CodeElement element)
    {
        if (element instanceof InvokeInstruction call && call.owner().asInternalName().equals("java/lang/System") && call.name().equalsString("exit")) {
            builder.invokestatic(HOOK, "exit", MethodTypeDesc.ofDescriptor("(I)V"));
        }
        else {
            builder.with(element);
        }
    }
}

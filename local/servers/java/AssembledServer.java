/** Starts a server that was put together from libraries: the class that does it in a release is in no library. */
public final class AssembledServer
{
    private AssembledServer() {}

    public static void main(String[] args)
    {
        new io.trino.server.Server().start(args[0]);
    }
}

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.util.ssl.PEMFileKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.File;
import java.net.InetAddress;

/** A directory in memory, LDAPS on the loopback address only: Ldap.java PORT CERTIFICATE KEY BASE_DN LDIF */
public class Ldap
{
    public static void main(String[] args)
            throws Exception
    {
        SSLUtil ssl = new SSLUtil(new PEMFileKeyManager(new File(args[1]), new File(args[2])), null);
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(args[3]);
        config.setSchema(null);
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPSConfig(
                "ldaps",
                InetAddress.getByName("127.0.0.1"),
                Integer.parseInt(args[0]),
                ssl.createSSLServerSocketFactory(),
                null));
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.importFromLDIF(true, args[4]);
        server.startListening();
        System.out.println("ready");
    }
}

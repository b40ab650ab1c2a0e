import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

/** Binds to a directory as Trino does, and says how that went: Bind.java URL USER PASSWORD */
public class Bind
{
    public static void main(String[] args)
    {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, args[0]);
        environment.put(Context.SECURITY_PRINCIPAL, args[1]);
        environment.put(Context.SECURITY_CREDENTIALS, args[2]);
        try {
            new InitialDirContext(environment).close();
            System.out.println("bound");
        }
        catch (NamingException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}

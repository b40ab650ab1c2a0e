import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.metastore.HiveMetaStoreClient;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.conf.MetastoreConf;

/** Makes a schema when it is missing, and says which there are and where it is: Metastore.java URI NAME LOCATION */
public class Metastore
{
    public static void main(String[] args)
            throws Exception
    {
        Configuration configuration = MetastoreConf.newMetastoreConf();
        MetastoreConf.setVar(configuration, MetastoreConf.ConfVars.THRIFT_URIS, args[0]);
        HiveMetaStoreClient client = new HiveMetaStoreClient(configuration);
        List<String> known = client.getAllDatabases();
        if (!known.contains(args[1])) {
            client.createDatabase(new Database(args[1], "", args[2], Map.of()));
        }
        System.out.println("before " + known + " at " + client.getDatabase(args[1]).getLocationUri());
        client.close();
    }
}

package parallax.probe.blackbox.dns;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * Records as patterns of modules see them: as zone files have them, with tabs between the parts.
 */
final class RecordText {
  private RecordText() {}

  static String of(Record record) {
    return record.getName()
        + "\t"
        + record.getTTL()
        + "\t"
        + DClass.string(record.getDClass())
        + "\t"
        + Type.string(record.getType())
        + "\t"
        + data(record);
  }

  private static String data(Record record) {
    return switch (record) {
      case SOARecord soa ->
          soa.getHost()
              + " "
              + soa.getAdmin()
              + " "
              + soa.getSerial()
              + " "
              + soa.getRefresh()
              + " "
              + soa.getRetry()
              + " "
              + soa.getExpire()
              + " "
              + soa.getMinimum();
      default -> record.rdataToString();
    };
  }
}

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.tidelog.crypto.Ed25519;
import org.tidelog.crypto.ipns.IpnsContent;
import org.tidelog.crypto.ipns.IpnsName;
import org.tidelog.crypto.ipns.IpnsRecord;
import org.tidelog.node.ipfs.DelegatedRouting;
import org.tidelog.node.ipfs.HttpClient;
import org.tidelog.node.ipfs.Place;
import org.tidelog.node.ipfs.TimeLimits;

/**
 * Reads records of others as the program reads its own, through the layer that the only argument
 * names ({@code delegated:URL}), and checks them. Standard input has one a line: form ({@code v2}
 * or {@code v1+v2}), name, value, sequence. The settings are those of {@code check.mjs}.
 */
final class ReadRecord {
  private ReadRecord() {}

  public static void main(String[] args) throws Exception {
    int count = 0;
    TimeLimits limits = TimeLimits.of(Duration.ofSeconds(20));
    try (HttpClient http = HttpClient.create("tidelog-interop", limits)) {
      DelegatedRouting names = new DelegatedRouting(Place.parse(args[0]), http, null);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine(), count++) {
        String[] fields = line.split(" ");
        IpnsName name = IpnsName.parse(fields[1]);
        byte[] bytes = names.get(name).orElseThrow(() -> new AssertionError("no record: " + name));
        checkForm(fields[0], bytes);
        check(IpnsRecord.parse(bytes), name, fields[2], Long.parseLong(fields[3]));
        System.out.println("tidelog: " + name.text() + " is " + fields[2] + ", " + fields[0]);
      }
    }
    must(count == 2, "two records");
  }

  /** The first field is the value where version 1 is there, else the signature of version 2. */
  private static void checkForm(String form, byte[] bytes) {
    must(bytes[0] == (form.equals("v2") ? 0x42 : 0x0a), "of form " + form);
  }

  private static void check(IpnsRecord record, IpnsName name, String value, long sequence)
      throws Exception {
    must(record.verify(name, Ed25519.verifier()), "signed by its name");
    must(!record.verify(IpnsName.of(new byte[32]), Ed25519.verifier()), "of no other name");
    IpnsContent content = record.content();
    must(new String(content.value(), StandardCharsets.UTF_8).equals(value), "its value");
    must(content.sequence() == sequence, "its newest sequence");
    must(content.ttl().equals(Duration.ofSeconds(30)), "its time to live");
    must(content.extra().keySet().toString().equals("[_note]"), "its field of its own");
    must(!record.expired(Instant.now()), "valid now");
    must(record.expired(Instant.now().plus(Duration.ofHours(25))), "not valid for ever");
  }

  private static void must(boolean condition, String what) {
    if (!condition) throw new AssertionError("not " + what);
  }
}

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * 核验一个证据包，不需要路标系统：java Verify.java [目录或 .zip] [公钥指纹]。
 * 只使用 Java 17 自带的库。通过时退出码 0，任何不符时退出码 1。
 */
public class Verify {

  private final Path pack;
  private final Map<String, PublicKey> keys = new HashMap<>();
  private final Map<Long, Map<String, String>> anchors = new TreeMap<>();

  private Verify(Path pack) {
    this.pack = pack;
  }

  public static void main(String[] arguments) throws Exception {
    Path where = Path.of(arguments.length > 0 ? arguments[0] : ".");
    try {
      if (Files.isDirectory(where)) {
        new Verify(where).run(arguments.length > 1 ? arguments[1] : null);
      } else {
        try (FileSystem zip = FileSystems.newFileSystem(where)) {
          new Verify(zip.getPath("/")).run(arguments.length > 1 ? arguments[1] : null);
        }
      }
    } catch (Wrong wrong) {
      System.out.println("核验失败：" + wrong.getMessage());
      System.exit(1);
    } catch (Exception unreadable) {
      System.out.println("核验失败：证据包不完整或无法读取（" + unreadable + "）");
      System.exit(1);
    }
  }

  private void run(String fingerprint) throws Exception {
    readKeys();
    checkManifest(fingerprint);
    readAnchors();
    checkRows();
  }

  private void readKeys() throws Exception {
    for (Path file : files("keys")) {
      byte[] encoded =
          Base64.getDecoder()
              .decode(Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", ""));
      String id = name(file).replaceFirst("^keys/", "").replaceFirst("\\.pem$", "");
      require(hex(sha256(encoded)).equals(id), "公钥文件 " + name(file) + " 与其指纹不符");
      keys.put(id, KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    }
  }

  /** 清单的签名；清单列出的文件一个不多、一个不少、一字不改。 */
  private void checkManifest(String fingerprint) throws Exception {
    byte[] manifest = Files.readAllBytes(pack.resolve("manifest.txt"));
    String[] parts = new String(manifest, StandardCharsets.UTF_8).split("\n\n", 2);
    Map<String, String> head = lines(parts[0]);
    String id = head.get("key");
    require(fingerprint == null || fingerprint.equalsIgnoreCase(id), "签名公钥 " + id + " 不是您给出的公钥");
    require(signed(id, manifest, "manifest.sig"), "清单 manifest.txt 的签名无效");
    TreeSet<String> present = new TreeSet<>();
    try (Stream<Path> all = Files.walk(pack)) {
      all.filter(Files::isRegularFile).map(this::name).forEach(present::add);
    }
    present.removeAll(List.of("manifest.txt", "manifest.sig"));
    for (String line : parts[1].split("\n")) {
      String name = line.substring(66);
      require(present.remove(name), "缺少文件 " + name);
      require(digestOf(pack.resolve(name)).equals(line.substring(0, 64)), "文件 " + name + " 被改动");
    }
    require(present.isEmpty(), "多出清单之外的文件 " + present);
    System.out.println("清单签名有效，公钥指纹 " + id + (fingerprint == null ? "（请与公司公布的指纹核对）" : "（与给出的一致）"));
    expected = Long.parseLong(head.get("rows"));
  }

  private long expected;

  /** 锚点的签名，以及相邻锚点首尾相接。 */
  private void readAnchors() throws Exception {
    byte[] previous = null;
    long number = -1;
    long last = -1;
    for (Path file : files("anchors")) {
      String name = name(file);
      if (!name.endsWith(".txt")) {
        continue;
      }
      byte[] statement = Files.readAllBytes(file);
      Map<String, String> anchor = lines(new String(statement, StandardCharsets.UTF_8));
      require(
          signed(anchor.get("key"), statement, name.replaceFirst("\\.txt$", ".sig")),
          "锚点 " + name + " 的签名无效");
      long own = Long.parseLong(anchor.get("number"));
      if (previous != null) {
        require(own == number + 1, "锚点 " + (number + 1) + " 缺失");
        require(anchor.get("previous").equals(hex(sha256(previous))), "锚点 " + own + " 与前一锚点不相接");
        require(Long.parseLong(anchor.get("first-seal")) == last + 1, "锚点 " + own + " 的链节与前一锚点不相接");
      }
      number = own;
      last = Long.parseLong(anchor.get("last-seal"));
      previous = statement;
      anchors.put(own, anchor);
    }
    System.out.println("锚点 " + anchors.size() + " 个，签名有效且前后相接");
  }

  /** 每条证据的散列，到锚点的存在性证明，以及冻结文字的散列。 */
  private void checkRows() throws Exception {
    long rows = 0;
    long before = 0;
    int texts = 0;
    try (BufferedReader lines = Files.newBufferedReader(pack.resolve("rows.jsonl"))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows++;
        Map<String, Object> row = new Json(line).object();
        long seal = Long.parseLong(text(row, "seal"));
        String where = "第 " + rows + " 行（链节 " + seal + "，证据 " + text(row, "id") + "）";
        require(seal > before, where + "的次序不对");
        before = seal;
        byte[] hash = hashOf(row);
        require(hex(hash).equals(text(row, "hash")), where + "的内容与其散列不符");
        Map<String, String> anchor = anchors.get(Long.parseLong(text(row, "anchor")));
        require(anchor != null, where + "所属的锚点缺失");
        require(
            seal >= Long.parseLong(anchor.get("first-seal"))
                && seal <= Long.parseLong(anchor.get("last-seal")),
            where + "不在其锚点的范围内");
        byte[] at = sha256(new byte[] {0}, hash);
        for (Object step : (List<?>) row.get("path")) {
          byte[] beside = HexFormat.of().parseHex(step.toString().substring(1));
          at =
              step.toString().startsWith("L")
                  ? sha256(new byte[] {1}, beside, at)
                  : sha256(new byte[] {1}, at, beside);
        }
        require(hex(at).equals(anchor.get("root")), where + "不在已签名的锚点之下");
        texts += checkText(row, where);
      }
    }
    require(rows == expected, "证据条数为 " + rows + "，清单为 " + expected);
    System.out.println("核验通过：证据 " + rows + " 条，冻结文字 " + texts + " 份，均未改动。");
  }

  private int checkText(Map<String, Object> row, String where) throws Exception {
    if (!"message_claimed".equals(row.get("kind"))) {
      return 0;
    }
    String id = text(row, "subject").replaceFirst("^message:", "");
    Path body = pack.resolve("texts/" + id + ".body.txt");
    if (!Files.exists(body)) {
      return 0;
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    add(digest, Files.readAllBytes(pack.resolve("texts/" + id + ".subject.txt")));
    add(digest, Files.readAllBytes(body));
    Object claimed = new Json(text(row, "facts")).object().get("bodyHash");
    require(hex(digest.digest()).equals(claimed), where + "的冻结文字与证据中的散列不符");
    return 1;
  }

  private static byte[] hashOf(Map<String, Object> row) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    add(digest, HexFormat.of().parseHex(text(row, "previous")));
    for (String field :
        List.of("id", "micros", "kind", "subject", "customer", "branch", "actor", "facts")) {
      Object value = row.get(field);
      add(digest, value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8));
    }
    return digest.digest();
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    int length = bytes == null ? -1 : bytes.length;
    for (int shift = 24; shift >= 0; shift -= 8) {
      digest.update((byte) (length >> shift));
    }
    if (bytes != null) {
      digest.update(bytes);
    }
  }

  private boolean signed(String key, byte[] text, String signatureFile) throws Exception {
    PublicKey known = keys.get(key);
    require(known != null, "缺少公钥 " + key);
    Signature check = Signature.getInstance("Ed25519");
    check.initVerify(known);
    check.update(text);
    try {
      return check.verify(
          Base64.getDecoder().decode(Files.readString(pack.resolve(signatureFile)).strip()));
    } catch (java.security.SignatureException | IllegalArgumentException broken) {
      return false;
    }
  }

  private List<Path> files(String folder) throws IOException {
    try (Stream<Path> all = Files.list(pack.resolve(folder))) {
      return all.sorted().toList();
    }
  }

  private String name(Path file) {
    return pack.relativize(file).toString().replace('\\', '/');
  }

  private static Map<String, String> lines(String text) {
    Map<String, String> lines = new HashMap<>();
    for (String line : text.split("\n")) {
      int colon = line.indexOf(": ");
      require(colon > 0, "无法读取的行：" + line);
      lines.put(line.substring(0, colon), line.substring(colon + 2));
    }
    return lines;
  }

  private static String digestOf(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (var in = Files.newInputStream(file)) {
      byte[] some = new byte[1 << 16];
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        digest.update(some, 0, read);
      }
    }
    return hex(digest.digest());
  }

  private static byte[] sha256(byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Arrays.stream(parts).forEach(digest::update);
    return digest.digest();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String text(Map<String, Object> row, String field) {
    Object value = row.get(field);
    require(value != null, "缺少字段 " + field);
    return value.toString();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Wrong(otherwise);
    }
  }

  private static class Wrong extends RuntimeException {
    Wrong(String message) {
      super(message);
    }
  }

  /** 读一个 JSON 对象：字符串、数字、空值、数组、对象，够用为止。 */
  private static class Json {

    private final String text;
    private int at;

    Json(String text) {
      this.text = text;
    }

    Map<String, Object> object() {
      Map<String, Object> object = new HashMap<>();
      expect('{');
      while (peek() != '}') {
        String name = string();
        expect(':');
        object.put(name, value());
        if (peek() == ',') {
          at++;
        }
      }
      at++;
      return object;
    }

    private Object value() {
      char next = peek();
      if (next == '"') {
        return string();
      }
      if (next == '{') {
        return object();
      }
      if (next == '[') {
        List<Object> list = new ArrayList<>();
        at++;
        while (peek() != ']') {
          list.add(value());
          if (peek() == ',') {
            at++;
          }
        }
        at++;
        return list;
      }
      int from = at;
      while (at < text.length() && ",}]".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String word = text.substring(from, at).strip();
      return word.equals("null") ? null : word;
    }

    private String string() {
      expect('"');
      StringBuilder string = new StringBuilder();
      while (text.charAt(at) != '"') {
        char c = text.charAt(at++);
        if (c != '\\') {
          string.append(c);
          continue;
        }
        char escaped = text.charAt(at++);
        switch (escaped) {
          case 'n' -> string.append('\n');
          case 't' -> string.append('\t');
          case 'r' -> string.append('\r');
          case 'b' -> string.append('\b');
          case 'f' -> string.append('\f');
          case 'u' -> {
            string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
            at += 4;
          }
          default -> string.append(escaped);
        }
      }
      at++;
      return string.toString();
    }

    private char peek() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return text.charAt(at);
    }

    private void expect(char c) {
      require(peek() == c, "rows.jsonl 格式不对");
      at++;
    }
  }
}

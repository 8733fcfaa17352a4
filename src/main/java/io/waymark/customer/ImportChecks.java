package io.waymark.customer;

import io.waymark.customer.identity.RulesInForce;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.customer.tag.TagReading;
import io.waymark.customer.tag.TagRegistry;
import io.waymark.platform.RowProblem;
import io.waymark.platform.RowProblems;
import io.waymark.platform.crypto.KeyedHash;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What may be wrong with a row of customers; each bad row is named once, by its first problem. */
final class ImportChecks {

  private static final int LONGEST_REF = 64;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_TAG_VALUE = 512;
  private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);
  private static final Pattern REF = Pattern.compile("[^\\s:]+");
  private static final Pattern SEVERAL = Pattern.compile("[;；]");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Set<String> branches;
  private final LocalDate today;
  private final KeyedHash hashes;
  private final RulesInForce rules;
  private final Map<String, TagDefinition> registry;
  private final RowProblems problems = new RowProblems();

  ImportChecks(
      Set<String> branches,
      LocalDate today,
      KeyedHash hashes,
      RulesInForce rules,
      Map<String, TagDefinition> registry) {
    this.registry = registry;
    this.rules = rules;
    this.branches = branches;
    this.today = today;
    this.hashes = hashes;
  }

  List<RowProblem> problems() {
    return problems.all().stream().sorted(Comparator.comparingInt(RowProblem::position)).toList();
  }

  /** The rows that are sound in themselves and do not repeat a ref of the batch. */
  List<ImportRow> sound(List<CustomerRecord> records) {
    List<ImportRow> sound = new ArrayList<>();
    Map<String, Integer> firstPositions = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      ImportRow row = sound(i + 1, records.get(i));
      if (row == null) {
        continue;
      }
      Integer first = firstPositions.putIfAbsent(row.ref(), row.position());
      if (first == null) {
        sound.add(row);
      } else {
        refuse(row.position(), "ref", "duplicate", "客户号与第 " + first + " 行重复,请删除其中一行");
      }
    }
    return sound;
  }

  /**
   * Those rows that also agree with what is stored.
   *
   * @param readable ids of known customers whose key still exists
   */
  List<ImportRow> compatible(
      List<ImportRow> sound, Map<String, StoredCustomer> stored, Set<Long> readable) {
    List<ImportRow> compatible = new ArrayList<>();
    for (ImportRow row : sound) {
      StoredCustomer before = stored.get(row.ref());
      if (before != null && !readable.contains(before.id())) {
        refuse(row.position(), "ref", "erased", "该客户的个人信息已按要求删除,不能再次导入");
      } else {
        compatible.add(row);
      }
    }
    return compatible;
  }

  private @Nullable ImportRow sound(int position, CustomerRecord record) {
    if (!profileIsSound(position, record)) {
      return null;
    }
    if (!isStorable(position, record)) {
      return null;
    }
    List<Identity> identities = identities(position, record.identities());
    if (identities == null) {
      return null;
    }
    Map<String, String> tags = tags(position, record.tags());
    return tags == null
        ? null
        : new ImportRow(position, record, identities, tags, personHash(record));
  }

  /** One spelling of name and birth date, so that two systems agree about a person. */
  private byte[] personHash(CustomerRecord record) {
    LocalDate born = record.birthDate();
    if (born == null) {
      return new byte[0];
    }
    String name =
        BLANKS
            .matcher(Normalizer.normalize(record.name(), Normalizer.Form.NFKC))
            .replaceAll("")
            .toLowerCase(Locale.ROOT);
    return hashes.of("person", name + "|" + born);
  }

  private boolean isStorable(int position, CustomerRecord record) {
    boolean storable =
        Stream.of(
                Stream.of(record.ref(), record.name()),
                Stream.ofNullable(record.advisor()),
                record.identities().values().stream(),
                record.tags().values().stream())
            .flatMap(texts -> texts)
            .noneMatch(RowProblems::unstorable);
    return storable || refuse(position, "row", "malformed", "该行含有无法保存的字符,请重新导出");
  }

  private boolean profileIsSound(int position, CustomerRecord record) {
    if (RowProblems.blank(record.ref())) {
      return refuse(position, "ref", "blank", "客户号不能为空");
    }
    if (record.ref().length() > LONGEST_REF) {
      return refuse(position, "ref", "too_long", "客户号过长,最多 64 个字符");
    }
    if (!REF.matcher(record.ref()).matches()) {
      return refuse(position, "ref", "malformed", "客户号不能含空格或冒号");
    }
    if (RowProblems.blank(record.name())) {
      return refuse(position, "name", "blank", "客户姓名不能为空");
    }
    if (record.name().length() > LONGEST_NAME) {
      return refuse(position, "name", "too_long", "客户姓名过长,最多 100 个字符");
    }
    if (RowProblems.blank(record.branch())) {
      return refuse(position, "branch", "blank", "营业部不能为空");
    }
    if (!branches.contains(record.branch())) {
      return refuse(position, "branch", "unknown_branch", "营业部不存在,请先建立营业部或更正代码");
    }
    if (record.advisor() != null && record.advisor().length() > LONGEST_REF) {
      return refuse(position, "advisor", "too_long", "投顾用户名过长,最多 64 个字符");
    }
    if (RowProblems.missing(record.customerClass())) {
      return refuse(position, "customerClass", "blank", "投资者类别不能为空");
    }
    if (RowProblems.missing(record.legalStatus())) {
      return refuse(position, "legalStatus", "blank", "法律状态不能为空");
    }
    LocalDate born = record.birthDate();
    if (born != null && (born.isAfter(today) || born.isBefore(EARLIEST_BIRTH))) {
      return refuse(position, "birthDate", "impossible", "出生日期不可能,请核对");
    }
    return true;
  }

  private @Nullable List<Identity> identities(int position, Map<String, String> said) {
    List<Identity> identities = new ArrayList<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(said).entrySet()) {
      if (RowProblems.blank(entry.getValue())) {
        continue;
      }
      String field = "identity." + entry.getKey();
      IdentityType type = IdentityType.find(entry.getKey()).orElse(null);
      if (type == null) {
        refuse(
            position,
            field,
            "unknown_word",
            "标识类型不存在,请使用 mobile、email、fund_account、id_number、wechat、wecom、landline、device");
        return null;
      }
      Map<String, Identity> given = new LinkedHashMap<>();
      for (String value : SEVERAL.split(entry.getValue())) {
        if (value.isBlank()) {
          continue;
        }
        Identity identity = Identity.of(type, value, hashes);
        String problem = type.problem(identity.value());
        if (problem != null) {
          refuse(position, field, "malformed", problem);
          return null;
        }
        given.putIfAbsent(identity.key(), identity);
      }
      int most = rules.of(type).most();
      if (given.size() > most) {
        refuse(position, field, "too_many", "按身份识别规则,一个客户最多登记 %d 个,请核对".formatted(most));
        return null;
      }
      identities.addAll(given.values());
    }
    return identities;
  }

  /** The values as they are kept, blank ones left out; null when one is refused. */
  private @Nullable Map<String, String> tags(int position, Map<String, String> given) {
    Map<String, String> tags = new TreeMap<>();
    for (Map.Entry<String, String> tag : new TreeMap<>(given).entrySet()) {
      String field = "tag." + tag.getKey();
      if (!TagRegistry.isCode(tag.getKey())) {
        refuse(position, field, "malformed", "标签名只能用小写字母、数字和下划线,以字母开头");
        return null;
      }
      if (tag.getValue().length() > LONGEST_TAG_VALUE) {
        refuse(position, field, "too_long", "标签值过长,最多 512 个字符");
        return null;
      }
      if (tag.getValue().isBlank()) {
        continue;
      }
      TagReading reading = TagReading.of(registry, tag.getKey(), tag.getValue());
      if (reading instanceof TagReading.Refused refused) {
        refuse(position, field, refused.code(), refused.message());
        return null;
      }
      tags.put(tag.getKey(), ((TagReading.Kept) reading).value());
    }
    return tags;
  }

  private boolean refuse(int position, String field, String code, String message) {
    return problems.refuse(position, field, code, message);
  }
}

package io.waymark.contact;

import io.waymark.customer.CustomerNames;
import io.waymark.customer.GateFacts;
import io.waymark.product.Product;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The values a template may read, under the names it reads them by. */
@Component
class TextModel {

  private static final Set<String> DOUBLE_SURNAMES =
      Set.of(
          "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "司徒", "夏侯", "端木",
          "南宫");

  private final CustomerNames names;
  private final Map<String, Object> broker;

  TextModel(CustomerNames names, ContactSettings settings) {
    this.names = names;
    Map<String, Object> values = new HashMap<>();
    put(values, "name", settings.brokerName());
    put(values, "hotline", settings.brokerHotline());
    put(values, "unsubscribe", settings.brokerUnsubscribe());
    put(values, "privacyUrl", settings.brokerPrivacyUrl());
    this.broker = Map.copyOf(values);
  }

  /** What texts say of the broker. */
  Map<String, Object> broker() {
    return broker;
  }

  /** Clear names, opened for a whole batch; an erased customer is absent. */
  Map<Long, String> names(Collection<Long> customerIds) {
    return customerIds.isEmpty() ? Map.of() : names.clearAll(customerIds);
  }

  /** Everything one text may read. */
  Map<String, Object> of(
      ContactRequest request, GateFacts customer, String name, @Nullable Product product) {
    Map<String, Object> model = new HashMap<>();
    model.put(
        "customer",
        Map.of(
            "name", name,
            "salutation", salutation(name, customer.tags().get("gender")),
            "ref", customer.ref()));
    if (product != null) {
      model.put("product", values(product));
    }
    model.put("broker", broker);
    model.put("param", Map.copyOf(request.parameters()));
    return model;
  }

  private static Map<String, Object> values(Product product) {
    Map<String, Object> values = new HashMap<>(product.statements());
    values.put("code", product.code());
    values.put("name", product.name());
    values.put("type", product.type());
    values.put("risk", product.risk().name());
    values.put("manager", product.manager());
    values.put("objective", product.objective());
    put(values, "term", product.term());
    return values;
  }

  /** 张女士, 欧阳先生, or the whole name when the gender is not known: never guessed. */
  private static String salutation(String name, @Nullable String gender) {
    String surname =
        name.length() > 2 && DOUBLE_SURNAMES.contains(name.substring(0, 2))
            ? name.substring(0, 2)
            : name.substring(0, Math.min(1, name.length()));
    if ("female".equals(gender)) {
      return surname + "女士";
    }
    return "male".equals(gender) ? surname + "先生" : name;
  }

  private static void put(Map<String, Object> values, String key, @Nullable String value) {
    if (value != null) {
      values.put(key, value);
    }
  }
}

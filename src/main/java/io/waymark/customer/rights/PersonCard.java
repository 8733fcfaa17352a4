package io.waymark.customer.rights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.waymark.platform.crypto.CustomerVault;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Name, birth date and identities of one record in clear, as one JSON object. */
@Component
class PersonCard {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String NAME = "name";

  private final JdbcClient jdbc;
  private final CustomerVault vault;

  PersonCard(JdbcClient jdbc, CustomerVault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  String of(long customerId) {
    Map<String, Object> card = new LinkedHashMap<>();
    Map<String, byte[]> sealed = new HashMap<>();
    jdbc.sql(
            """
            select ref, branch, advisor, customer_class, legal_status, birth_date::text, created_at,
                   name_sealed
              from customer where id = ?
            """)
        .param(customerId)
        .query(
            row -> {
              card.put("ref", row.getString("ref"));
              card.put("branch", row.getString("branch"));
              card.put("advisor", row.getString("advisor"));
              card.put("customerClass", row.getString("customer_class"));
              card.put("legalStatus", row.getString("legal_status"));
              card.put("birthDate", row.getString("birth_date"));
              card.put("createdAt", row.getTimestamp("created_at").toInstant().toString());
              sealed.put(NAME, row.getBytes("name_sealed"));
            });
    jdbc.sql(
            """
            select type, row_number() over (partition by type order by position, hash) as place,
                   sealed
              from customer_identity where customer_id = ?
            """)
        .param(customerId)
        .query(
            row -> {
              String place = row.getInt("place") == 1 ? "" : "." + row.getInt("place");
              sealed.put("identity." + row.getString("type") + place, row.getBytes("sealed"));
            });
    card.putAll(vault.openEach(Map.of(customerId, sealed)).getOrDefault(customerId, Map.of()));
    try {
      return JSON.writeValueAsString(card);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

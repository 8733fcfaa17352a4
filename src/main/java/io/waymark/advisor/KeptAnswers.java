package io.waymark.advisor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waymark.advisor.TaskAnswers.Answer;
import io.waymark.platform.crypto.CustomerVault;
import io.waymark.platform.crypto.ErasedException;
import io.waymark.platform.staff.BranchScope;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What advisors answered beyond outcome and note, beside the task: {@code advisor_task.answers} in
 * clear, {@code answers_sealed} with the customer's key.
 */
@Component
public class KeptAnswers {

  private static final TypeReference<List<Answer>> ANSWERS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final CustomerVault vault;
  private final ObjectMapper json;

  KeptAnswers(JdbcClient jdbc, CustomerVault vault, ObjectMapper json) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.json = json;
  }

  void keep(String taskId, long customer, TaskAnswers answers) {
    if (answers.equals(TaskAnswers.NONE)) {
      return;
    }
    jdbc.sql(
            """
            update advisor_task set answers = :facts::jsonb, answers_sealed = :texts
            where task_id = :task
            """)
        .param("facts", write(answers.facts()))
        .param("texts", sealed(customer, answers.texts()), Types.BINARY)
        .param("task", taskId)
        .update();
  }

  private byte @Nullable [] sealed(long customer, List<Answer> texts) {
    if (texts.isEmpty()) {
      return null;
    }
    try {
      return vault.seal(customer, write(texts));
    } catch (ErasedException erased) {
      throw new TaskRefusedException("erased", "该客户的个人信息已删除,不能再记录文字,请清空后提交。");
    }
  }

  private record Row(long customer, @Nullable String facts, byte @Nullable [] texts) {}

  /** The answers to a task within the scope, facts first; what was erased is left out. */
  public List<Answer> of(String taskId, BranchScope scope) {
    return jdbc.sql(
            """
            select customer_id as customer, answers::text as facts, answers_sealed as texts
            from advisor_task
            where task_id = :task and (:everywhere or branch = any(:branches))
            """)
        .param("task", taskId)
        .param("everywhere", scope.all())
        .param("branches", scope.asArray())
        .query(
            (row, number) ->
                new Row(row.getLong("customer"), row.getString("facts"), row.getBytes("texts")))
        .optional()
        .map(this::opened)
        .orElse(List.of());
  }

  private List<Answer> opened(Row row) {
    List<Answer> all = new ArrayList<>();
    String facts = row.facts();
    if (facts != null) {
      all.addAll(read(facts));
    }
    byte[] texts = row.texts();
    if (texts != null) {
      vault.openAll(Map.of(row.customer(), texts)).values().forEach(text -> all.addAll(read(text)));
    }
    return all;
  }

  private String write(List<Answer> answers) {
    try {
      return json.writeValueAsString(answers);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private List<Answer> read(String answers) {
    try {
      return json.readValue(answers, ANSWERS);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("answers of a task cannot be read", broken);
    }
  }
}

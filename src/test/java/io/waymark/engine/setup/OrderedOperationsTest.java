package io.waymark.engine.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbEntityOperation;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbOperation;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbOperationType;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.junit.jupiter.api.Test;

class OrderedOperationsTest {

  private final OrderedOperations operations = new OrderedOperations();

  @Test
  void parents_are_written_before_their_children_whatever_their_ids() {
    add(DbOperationType.INSERT, "a-child", "c-parent");
    add(DbOperationType.INSERT, "b-grandchild", "a-child");
    add(DbOperationType.INSERT, "c-parent");
    add(DbOperationType.INSERT, "d-alone");

    assertThat(order()).containsExactly("c-parent", "a-child", "b-grandchild", "d-alone");
  }

  @Test
  void children_are_removed_before_their_parents() {
    add(DbOperationType.DELETE, "a-parent");
    add(DbOperationType.DELETE, "b-child", "a-parent");
    add(DbOperationType.DELETE, "c-grandchild", "b-child");
    add(DbOperationType.DELETE, "d-alone");

    assertThat(order()).containsExactly("c-grandchild", "b-child", "a-parent", "d-alone");
  }

  @Test
  void rows_that_name_each_other_are_both_written() {
    add(DbOperationType.INSERT, "a", "b");
    add(DbOperationType.INSERT, "b", "a");
    add(DbOperationType.INSERT, "c", "c", "not-among-them");

    assertThat(order()).containsExactlyInAnyOrder("a", "b", "c");
  }

  private void add(DbOperationType type, String id, String... parents) {
    ExecutionEntity execution = new ExecutionEntity();
    execution.setId(id);
    DbEntityOperation operation = new DbEntityOperation();
    operation.setOperationType(type);
    operation.setEntityType(ExecutionEntity.class);
    operation.setEntity(execution);
    operation.setFlushRelevantEntityReferences(Set.of(parents));
    operations.addOperation(operation);
  }

  private List<String> order() {
    return operations.calculateFlush().stream().map(OrderedOperationsTest::id).toList();
  }

  private static String id(DbOperation operation) {
    return ((DbEntityOperation) operation).getEntity().getId();
  }
}

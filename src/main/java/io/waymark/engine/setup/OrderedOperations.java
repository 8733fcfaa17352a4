package io.waymark.engine.setup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManagerFactory;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbEntityOperation;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbOperationManager;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbOperationType;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;

/**
 * Puts parents before children where rows are written and children before parents where they are
 * removed, in one pass. The engine's own way compares every row with every other, which a batch of
 * many customers feels.
 */
class OrderedOperations extends DbOperationManager {

  /** Opens entity managers that order this way. */
  static SessionFactory factory(IdGenerator ids) {
    return new DbEntityManagerFactory(ids) {
      @Override
      public DbEntityManager openSession() {
        return new DbEntityManager(
            ids, Context.getCommandContext().getSession(PersistenceSession.class)) {
          @Override
          protected void initializeOperationManager() {
            setDbOperationManager(new OrderedOperations());
          }
        };
      }
    };
  }

  @Override
  protected List<DbEntityOperation> sortByReferences(SortedSet<DbEntityOperation> operations) {
    boolean written =
        !operations.isEmpty() && operations.first().getOperationType() == DbOperationType.INSERT;
    List<DbEntityOperation> given = new ArrayList<>(operations);
    if (!written) {
      Collections.reverse(given);
    }
    List<DbEntityOperation> ordered = parentsFirst(given);
    if (!written) {
      Collections.reverse(ordered);
    }
    return ordered;
  }

  /** Keeps the order given wherever no child would come before its parent. */
  private static List<DbEntityOperation> parentsFirst(List<DbEntityOperation> operations) {
    Map<String, DbEntityOperation> byId = new HashMap<>();
    operations.forEach(one -> byId.put(one.getEntity().getId(), one));
    Map<String, DbEntityOperation> placed = new LinkedHashMap<>();
    Set<String> begun = new HashSet<>();
    operations.forEach(one -> place(one, byId, begun, placed));
    return new ArrayList<>(placed.values());
  }

  private static void place(
      DbEntityOperation operation,
      Map<String, DbEntityOperation> byId,
      Set<String> begun,
      Map<String, DbEntityOperation> placed) {
    String id = operation.getEntity().getId();
    if (!begun.add(id)) {
      return;
    }
    Set<String> parents = operation.getFlushRelevantEntityReferences();
    if (parents != null) {
      for (String parent : parents) {
        DbEntityOperation first = byId.get(parent);
        if (first != null) {
          place(first, byId, begun, placed);
        }
      }
    }
    placed.put(id, operation);
  }
}

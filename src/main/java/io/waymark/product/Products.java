package io.waymark.product;

import io.waymark.platform.BatchReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The catalogue. */
@Component
public class Products {

  public BatchReport upsertAll(List<Product> products, String actor) {
    throw new IllegalStateException("not yet built");
  }

  public Optional<Product> find(String code) {
    throw new IllegalStateException("not yet built");
  }

  public Map<String, Product> findAll(Collection<String> codes) {
    throw new IllegalStateException("not yet built");
  }

  public List<Product> page(ProductFilter filter, int offset, int limit) {
    throw new IllegalStateException("not yet built");
  }

  public long count(ProductFilter filter) {
    throw new IllegalStateException("not yet built");
  }

  public List<Product> byType(String type) {
    throw new IllegalStateException("not yet built");
  }
}

package io.waymark.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariantWeightsTest {

  @Test
  void weights_are_read_by_name() {
    assertThat(VariantWeights.parse("B:70, A:30")).containsEntry("A", 30).containsEntry("B", 70);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "A:50,A:50", "A:-1", "A:0,B:0", "A:50,", "A:x", "甲:1"})
  void weights_that_cannot_be_meant_are_refused(String text) {
    assertThatThrownBy(() -> VariantWeights.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("分流比例");
  }
}

package io.waymark.compliance.review;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The policy in force on this installation. */
@Configuration
class ReviewPolicies {

  @Bean
  ReviewPolicy reviewPolicy(@Value("${waymark.review.sampling-rate:-1}") double rate) {
    ReviewPolicy shipped = ReviewPolicy.shipped();
    return rate == -1 ? shipped : shipped.sampling(rate);
  }
}

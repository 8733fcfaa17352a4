package io.waymark.recommend;

/**
 * One product for one customer.
 *
 * @param productCode a product on sale that suits the customer
 * @param reason stable code: {@code followed} (the customer looked at it) {@code popular} (many
 *     looked at it; never to be shown as a ranking, 网络营销办法 art. 10) or {@code only} (the pool holds
 *     no other)
 */
public record Recommendation(String productCode, String reason) {}

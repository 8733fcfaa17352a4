package io.waymark.platform.crypto;

/**
 * The customer's key was destroyed: what it sealed cannot be read by anybody, and nothing new is
 * sealed.
 */
public class ErasedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long customerId;

  public ErasedException(long customerId) {
    super("客户 %d 的个人信息已被删除，无法再读取。".formatted(customerId));
    this.customerId = customerId;
  }

  public long customerId() {
    return customerId;
  }
}

package io.waymark.channel;

/**
 * What a channel does with a message of unknown fate that neither receipt nor query can resolve.
 */
public enum UnknownPolicy {
  /** Never sent again: a second text message does more harm than a lost one. */
  NEVER_RESEND,
  /** May be sent again: the receiver can recognise the message id. */
  MAY_RESEND
}

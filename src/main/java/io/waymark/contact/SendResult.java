package io.waymark.contact;

/** What became of one request to send. */
public sealed interface SendResult permits Sent, NotSent, AlreadySent {}

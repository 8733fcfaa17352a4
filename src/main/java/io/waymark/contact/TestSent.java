package io.waymark.contact;

import io.waymark.channel.ProviderAnswer;

/**
 * A text that was sent as a test.
 *
 * @param provider name of the provider that was asked
 * @param text subject and body with the mark, as they left
 * @param answer what the provider said
 */
public record TestSent(String provider, String text, ProviderAnswer answer) {}

package io.waymark.evidence.pack;

import java.nio.file.Path;

/**
 * A pack that was made.
 *
 * @param file where it lies; whoever asked for it deletes it after handing it over
 * @param name what it should be called, without personal data
 * @param rows evidence rows in it
 * @param manifestHash SHA-256 of its signed list of contents, as the evidence of the export says
 */
public record EvidencePack(Path file, String name, long rows, String manifestHash) {}

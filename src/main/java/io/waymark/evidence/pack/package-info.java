/**
 * Evidence packs: what a regulator is handed and can check without Waymark. Nothing is decided
 * here; rows, anchors and keys are read, one file goes out. What lies beside the evidence (texts of
 * messages) comes from above through {@code PackTexts}.
 */
@NullMarked
package io.waymark.evidence.pack;

import org.jspecify.annotations.NullMarked;

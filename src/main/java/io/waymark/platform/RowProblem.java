package io.waymark.platform;

/**
 * Why one row of a batch was refused while the others were kept.
 *
 * @param position 1-based position of the row in the batch
 * @param field name of the field that is wrong, as the caller wrote it
 * @param code stable code for machines, e.g. {@code unknown_branch}
 * @param message Chinese sentence that says what to do
 */
public record RowProblem(int position, String field, String code, String message) {}

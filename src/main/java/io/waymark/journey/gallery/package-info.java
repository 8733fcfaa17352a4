/**
 * The shelf of ready journeys: drawings with their tables, forms, texts, audiences and a page that
 * says what each is for. Nothing on it runs, nothing is deployed or approved here, and what a
 * broker already has under the same code is never changed. Files come in from the installation; a
 * copy goes out to {@code journey.drawing}, {@code content}, {@code segment} and {@code customer}.
 */
@NullMarked
package io.waymark.journey.gallery;

import org.jspecify.annotations.NullMarked;

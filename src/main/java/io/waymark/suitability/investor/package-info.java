/**
 * Changes between ordinary and professional investors: application, test, decision, return (适当性管理办法
 * art. 8, 11, 12). What a class means for a promotion is decided elsewhere. Commands come down from
 * screens and systems; the customer's class changes below.
 */
@NullMarked
package io.waymark.suitability.investor;

import org.jspecify.annotations.NullMarked;

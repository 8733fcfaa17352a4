package io.waymark.segment.churn;

/**
 * What one customer did until a cut, and never after it.
 *
 * @param recency days from the last activity to the cut
 * @param tenure days from the first activity within the history to the cut
 * @param times how often within the history
 * @param times90 how often within 90 days
 * @param amount yuan within the history
 * @param amount90 yuan within 90 days
 * @param visits30 visits within 30 days
 * @param visits90 visits within 90 days
 */
record Activity(
    double recency,
    double tenure,
    double times,
    double times90,
    double amount,
    double amount90,
    double visits30,
    double visits90) {}

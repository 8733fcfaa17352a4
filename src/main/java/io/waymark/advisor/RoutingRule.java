package io.waymark.advisor;

/**
 * What the routing table answers for one task.
 *
 * @param ownFirst whether the customer's own advisor is asked first
 * @param slaHours working hours it may take at most, whatever the drawing allows
 * @param remindPercent after how much of that time the holder is reminded, 1 to 99
 * @param headOffice whether an overdue task goes to head office's leader instead of the branch's
 * @param rerouteOverdue whether an overdue task goes to somebody else
 */
public record RoutingRule(
    boolean ownFirst,
    int slaHours,
    int remindPercent,
    boolean headOffice,
    boolean rerouteOverdue) {}

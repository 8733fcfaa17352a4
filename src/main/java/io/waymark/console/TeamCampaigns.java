package io.waymark.console;

import io.waymark.advisor.campaign.Campaign;
import io.waymark.advisor.campaign.Campaigns;
import io.waymark.engine.campaign.CampaignDesk;
import io.waymark.engine.campaign.CampaignState;
import io.waymark.insight.CampaignFigures;
import io.waymark.platform.staff.BranchScope;
import java.util.List;
import org.springframework.stereotype.Component;

/** The campaigns a team has customers of, for its leader. */
@Component
class TeamCampaigns {

  private final Campaigns campaigns;
  private final CampaignDesk desk;
  private final CampaignFigures figures;

  TeamCampaigns(Campaigns campaigns, CampaignDesk desk, CampaignFigures figures) {
    this.campaigns = campaigns;
    this.desk = desk;
    this.figures = figures;
  }

  /** One campaign with the team's part of it. */
  public record Part(Campaign campaign, CampaignState state, List<CampaignFigures.Line> lines) {}

  /** Those that are not over and have customers in the scope. */
  List<Part> of(BranchScope scope) {
    return campaigns.unfinished().stream()
        .map(one -> new Part(one, desk.state(one), figures.of(one.journeyKey(), scope)))
        .filter(part -> !part.lines().isEmpty())
        .toList();
  }
}

package io.waymark.journey.gallery;

import io.waymark.content.TemplateFile;
import io.waymark.customer.event.EventType;
import io.waymark.customer.tag.TagDefinition;
import io.waymark.journey.JourneySettings;
import io.waymark.journey.drawing.DrawingFiles;
import io.waymark.segment.AudienceDraft;
import java.util.List;

/**
 * One ready journey, as it lies on the shelf.
 *
 * @param key id of the process
 * @param name Chinese name of the process
 * @param summary one sentence for the card
 * @param enters who enters and when, in words
 * @param what what the journey does, as its drawing says
 * @param when when to use it
 * @param needs what must be there before it can run
 * @param expect what happens once it runs
 * @param notFor what it must not be used for
 * @param files the drawing with its tables and forms
 * @param templates codes of every text it sends, in the order of the drawing
 * @param texts those of them that lie on the shelf; the others ship with every installation
 * @param audiences those it asks for that do not ship with every installation
 * @param events the types of events it waits for; a copy declares those that are not declared
 * @param tags likewise the tags it reads or writes
 * @param rehearsals that hold of it as it lies here
 */
public record GalleryJourney(
    String key,
    String name,
    GalleryStage stage,
    String summary,
    String enters,
    String what,
    List<String> when,
    List<String> needs,
    List<String> expect,
    List<String> notFor,
    JourneySettings settings,
    DrawingFiles files,
    List<String> templates,
    List<TemplateFile> texts,
    List<AudienceDraft> audiences,
    List<EventType> events,
    List<TagDefinition> tags,
    List<GalleryRehearsal> rehearsals) {

  public GalleryJourney {
    when = List.copyOf(when);
    needs = List.copyOf(needs);
    expect = List.copyOf(expect);
    notFor = List.copyOf(notFor);
    templates = List.copyOf(templates);
    texts = List.copyOf(texts);
    audiences = List.copyOf(audiences);
    events = List.copyOf(events);
    tags = List.copyOf(tags);
    rehearsals = List.copyOf(rehearsals);
  }
}

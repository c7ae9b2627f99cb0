package parallax.coordinator.notify;

import java.time.ZoneId;
import java.util.Optional;
import parallax.config.policy.Receiver;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.notify.carrier.Picture;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.picture.IncidentPictures;
import parallax.coordinator.picture.IncidentScene;
import parallax.coordinator.picture.Vocabulary;

/** Draws the pictures that go with letters, in the words and the time zone of the receiver. */
@FunctionalInterface
interface Illustrator {
  /** Draws nothing: for letters of which nothing is on record. */
  Illustrator NONE = (_, _, _) -> Optional.empty();

  /** The picture that goes with a letter. Blocks while the record is read. */
  Optional<Picture> picture(Incident incident, Letter letter, Receiver receiver);

  /** One that draws what is on record. */
  static Illustrator of(IncidentPictures pictures) {
    return (incident, letter, receiver) -> {
      Vocabulary words =
          switch (letter.language()) {
            case ENGLISH -> Vocabulary.ENGLISH;
            case JAPANESE -> Vocabulary.JAPANESE;
          };
      ZoneId zone = receiver.handling().zone();
      return pictures
          .png(incident, new IncidentScene.Style(letter.headline(), zone, words))
          .filter(png -> png.length <= Picture.MAX_BYTES)
          .map(Picture::new);
    };
  }
}

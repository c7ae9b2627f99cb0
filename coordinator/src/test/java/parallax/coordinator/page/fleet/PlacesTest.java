package parallax.coordinator.page.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.target.Region;

final class PlacesTest {
  private final Places places = new Places();

  @ParameterizedTest
  @CsvSource({
    "tokyo, 35.7, 139.7",
    "tokyo-2, 35.7, 139.7",
    "fra1, 50.1, 8.7",
    "us-east-1, 38.9, -77.4",
    "us-east-1a, 38.9, -77.4",
    "us-east1-b, 33.2, -80.0",
    "aws-us-east-1, 38.9, -77.4",
    "gcp-europe-west1, 50.4, 3.8",
    "do-nyc3, 40.7, -74.0",
    "westus2, 47.2, -119.9",
    "sydney, -33.9, 151.2"
  })
  void namesOfCitiesAirportsAndCloudsAreKnown(String name, double north, double east) {
    assertThat(places.of(new Region(name))).contains(new Places.Place(north, east));
  }

  @ParameterizedTest
  @ValueSource(strings = {"here", "office", "eu", "rack-7", "tokyo-office", "1", "a1", "aws-x"})
  void ofOtherNamesNothingIsGuessed(String name) {
    assertThat(places.of(new Region(name))).isEmpty();
  }

  @Test
  void aRegionIsWhatItsNameSaysBeforeItIsStripped() {
    assertThat(places.of(new Region("us-west2"))).contains(new Places.Place(34.1, -118.2));
  }
}

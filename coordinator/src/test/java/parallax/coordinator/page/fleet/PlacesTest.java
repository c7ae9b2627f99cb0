package parallax.coordinator.page.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.target.Region;
import parallax.config.target.RegionPlace;

final class PlacesTest {
  private final Places places = new Places(List.of());

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

  @Test
  void whatTheConfigurationSaysCountsBeforeTheName() {
    Places said =
        new Places(
            List.of(
                new RegionPlace(new Region("rack-7"), 50.11, 8.68),
                new RegionPlace(new Region("tokyo"), -33.9, 151.2)));
    assertThat(said.of(new Region("rack-7"))).contains(new Places.Place(50.11, 8.68));
    assertThat(said.of(new Region("tokyo"))).contains(new Places.Place(-33.9, 151.2));
    assertThat(said.of(new Region("london"))).isPresent();
    assertThat(said.of(new Region("rack-8"))).isEmpty();
  }
}

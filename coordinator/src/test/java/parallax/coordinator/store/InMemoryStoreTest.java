package parallax.coordinator.store;

final class InMemoryStoreTest implements StoreContract {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  public Store store() {
    return store;
  }
}

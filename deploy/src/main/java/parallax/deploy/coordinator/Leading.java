package parallax.deploy.coordinator;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.CoordinatorNode;
import parallax.coordinator.cluster.discovery.MemberCard;
import parallax.coordinator.cluster.feed.Delivery;
import parallax.coordinator.cluster.feed.FeedReader;
import parallax.coordinator.cluster.lead.LeadershipListener;
import parallax.coordinator.cluster.lead.Term;
import parallax.coordinator.cluster.replica.Feed;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.StoreException;

/**
 * Makes a coordinator lead and follow as the cluster says: whoever leads takes over the record
 * first, then reads what all members took in.
 */
final class Leading implements LeadershipListener, AutoCloseable {
  /** Between two tries to take over a record that cannot be reached. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final Duration GOODBYE = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(Leading.class);

  private final CoordinatorNode node;
  private final Feeds feeds;
  private final Turns turns;
  private Optional<TakingOver> current = Optional.empty();

  /** Opens what all members took in. */
  @FunctionalInterface
  interface Feeds {
    Feed open(long epoch, FeedReader reader);
  }

  /** Is told when leading begins and ends; may block. */
  interface Turns {
    /** This one has taken over. */
    void began();

    /** It leads no more, or was never asked to. */
    void ended();
  }

  Leading(CoordinatorNode node, Feeds feeds, Turns turns) {
    this.node = node;
    this.feeds = feeds;
    this.turns = turns;
  }

  @Override
  public synchronized void lead(Term term) {
    LOG.info("cluster=leads term={}", term.number());
    end();
    TakingOver next = new TakingOver();
    current = Optional.of(next);
    next.thread.start();
  }

  @Override
  public synchronized void follow(Optional<MemberCard> leader) {
    LOG.info("cluster=follows leader={}", leader.map(MemberCard::name).orElse("nobody"));
    end();
    leader.ifPresentOrElse(
        card -> node.follow(URI.create(card.http())),
        () -> node.await("this coordinator sees too few others, or has just started"));
  }

  private void end() {
    current.ifPresent(TakingOver::close);
    current = Optional.empty();
    turns.ended();
  }

  @Override
  public synchronized void close() {
    end();
  }

  /** One attempt to lead, which lasts as long as the cluster says so. */
  private final class TakingOver implements FeedReader, AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread =
        Thread.ofPlatform().name("parallax-lead").daemon().unstarted(this::run);
    private Optional<Feed> feed = Optional.empty();

    private void run() {
      try {
        boolean done = false;
        while (!done && over.getCount() > 0) {
          done = tookOver() || over.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.error("cluster=cannot_lead", e);
        node.await("it could not take over: " + e.getMessage());
      }
    }

    private boolean tookOver() {
      try {
        Epoch epoch = node.lead();
        if (!read(epoch)) {
          node.await("the leader has just changed");
          return true;
        }
        turns.began();
        return true;
      } catch (StoreException e) {
        LOG.warn("cluster=waits_for_record error=\"{}\"", e.getMessage());
        node.await("the record cannot be reached");
        return false;
      }
    }

    /** False when it was all over before it began. */
    private synchronized boolean read(Epoch epoch) {
      if (over.getCount() == 0) {
        return false;
      }
      feed = Optional.of(feeds.open(epoch.number(), this));
      return true;
    }

    @Override
    public void read(Delivery delivery) {
      try {
        switch (delivery.kind()) {
          case JOURNAL -> node.feed(delivery.evidence(), _ -> delivery.stored().run());
          case HELD, PASSING -> node.feedOnly(delivery.evidence());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void alive(List<Beat> beats) {
      beats.forEach(node::heard);
    }

    @Override
    public void caughtUp() {
      LOG.info("cluster=caught_up");
    }

    @Override
    public void superseded() {
      LOG.warn("cluster=superseded");
      node.await("another coordinator reads what was taken in");
    }

    @Override
    public void close() {
      over.countDown();
      synchronized (this) {
        feed.ifPresent(Feed::close);
        feed = Optional.empty();
      }
      try {
        if (!thread.join(GOODBYE)) {
          thread.interrupt();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

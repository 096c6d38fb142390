package org.tidelog.sim.workload;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidelog.sim.availability.Occasion;
import org.tidelog.sim.availability.Session;
import org.tidelog.sim.kernel.Chance;
import org.tidelog.sim.kernel.Event;
import org.tidelog.sim.world.Message;
import org.tidelog.sim.world.Topic;

/**
 * People who write while they have the app open: now and then of their own accord, several messages
 * in a row if they do, and answers to what comes in.
 */
public final class ChatWorkload implements Workload {
  /** Typing one message of several, and an answer. */
  private static final double TYPING_MILLIS = 5_000;

  private static final double ANSWERING_MILLIS = 20_000;

  private final List<Topic> topics;
  private final Habit habit;
  private final long durationMillis;
  private final double foregroundSecondsPerDay;
  private final @Nullable Topic[] topicOf;
  private final long[] appOpenUntil;

  /**
   * How people chat.
   *
   * @param messagesPerDay of one's own accord, bursts included, a device and day on average
   * @param burst messages in a row on average, 1 or more
   * @param replyShare how probable it is that somebody answers a message, 0 to below 1
   */
  public record Habit(double messagesPerDay, double burst, double replyShare) {
    public Habit {
      if (messagesPerDay < 0 || burst < 1 || replyShare < 0 || replyShare >= 1) {
        throw new IllegalArgumentException(
            "habit: " + messagesPerDay + " " + burst + " " + replyShare);
      }
    }
  }

  public ChatWorkload(
      List<Topic> topics, Habit habit, long durationMillis, double foregroundSecondsPerDay) {
    this.topics = List.copyOf(topics);
    this.habit = habit;
    this.durationMillis = durationMillis;
    this.foregroundSecondsPerDay = foregroundSecondsPerDay;
    int devices = topics.stream().mapToInt(topic -> topic.members().size()).sum();
    this.topicOf = new @Nullable Topic[devices];
    this.appOpenUntil = new long[devices];
    for (Topic topic : topics) {
      topic.members().forEach(member -> topicOf[member] = topic);
    }
  }

  @Override
  public List<Topic> topics() {
    return topics;
  }

  @Override
  public long endMillis() {
    return durationMillis;
  }

  @Override
  public void begin(Press press) {
    Conversation conversation = new Conversation(press);
    press.world().onPresence(conversation::onPresence);
    if (habit.replyShare() > 0) {
      press.world().onDelivery(conversation::onDelivery);
    }
  }

  /** The chat in one world. */
  private final class Conversation {
    private final Press press;
    private final Chance replies;
    private final Event write = device -> onOccasion((int) device);
    private final Event writeMore = device -> writeIfOpen((int) device);
    private final @Nullable Chance[] moods = new @Nullable Chance[topicOf.length];

    Conversation(Press press) {
      this.press = press;
      this.replies = press.chance("replies", 0);
      Arrays.fill(appOpenUntil, 0);
    }

    void onPresence(int device, Session session) {
      if (device >= topicOf.length || session.occasion() != Occasion.FOREGROUND) {
        return;
      }
      appOpenUntil[device] = session.endMillis();
      scheduleOccasion(device);
    }

    private void scheduleOccasion(int device) {
      double occasionsPerDay = habit.messagesPerDay() / habit.burst();
      if (occasionsPerDay == 0) {
        return;
      }
      double gapMillis = 1e3 * foregroundSecondsPerDay / occasionsPerDay;
      schedule(device, mood(device).exponential(gapMillis), write);
    }

    private void onOccasion(int device) {
      long more = mood(device).geometric(1 / habit.burst()) - 1;
      for (int i = 1; i <= more; i++) {
        schedule(device, i * TYPING_MILLIS, writeMore);
      }
      writeIfOpen(device);
      scheduleOccasion(device);
    }

    private void onDelivery(Message message, int device) {
      int recipients = message.topic().members().size() - 1;
      if (replies.happens(habit.replyShare() / recipients)) {
        schedule(device, replies.exponential(ANSWERING_MILLIS), writeMore);
      }
    }

    /** Only what happens before the app is closed; what would come later is not written. */
    private void schedule(int device, double inMillis, Event event) {
      long at = press.world().nowMillis() + (long) Math.min(inMillis, Session.FOREVER / 2.0);
      if (at < appOpenUntil[device] && at < durationMillis) {
        press.at(at, event, device);
      }
    }

    private void writeIfOpen(int device) {
      Topic topic = topicOf[device];
      if (topic != null && press.world().nowMillis() < appOpenUntil[device]) {
        press.write(topic, device);
      }
    }

    private Chance mood(int device) {
      Chance mood = moods[device];
      if (mood == null) {
        mood = press.chance("chat", device);
        moods[device] = mood;
      }
      return mood;
    }
  }
}

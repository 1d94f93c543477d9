package org.lamplighter.testkit.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A logistic regression that learns to tell two classes from examples with known answers, and is then asked about others. What it
 * gets right beyond half of them is what the classes let anybody see. Features are numbers from -128 to 127 whose standard
 * deviation is about 16. One thread at a time.
 */
public final class Distinguisher {
    private static final double SCALE = 1 / 16.0;

    private final int features;
    private final List<byte[]> examples = new ArrayList<>();
    private final List<Boolean> answers = new ArrayList<>();
    private final double[] weights;
    private int asked;
    private int right;

    private Distinguisher(int features) {
        this.features = features;
        this.weights = new double[features + 1];
    }

    /** One that knows nothing yet, for examples of so many features. */
    public static Distinguisher of(int features) {
        return new Distinguisher(features);
    }

    /** Gives an example; the array is kept. */
    public void example(byte[] example, boolean isFirst) {
        if (example.length != features) {
            throw new IllegalArgumentException("another number of features");
        }
        examples.add(example);
        answers.add(isFirst);
    }

    /**
     * Learns from the examples, in {@code passes} passes over them in random order with a falling step, and forgets them: the mean
     * of the weights of the last pass is kept.
     */
    public void learn(int passes, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            order.add(i);
        }
        Random random = new Random(seed);
        double[] moving = new double[features + 1];
        long steps = 0;
        for (int pass = 0; pass < passes; pass++) {
            Collections.shuffle(order, random);
            for (int i : order) {
                double step = 1.0 / features / Math.sqrt(1 + steps++ / 1000.0);
                double error = (answers.get(i) ? 1 : 0) - sigmoid(score(moving, examples.get(i)));
                learn(moving, examples.get(i), step * error);
                if (pass == passes - 1) {
                    for (int f = 0; f <= features; f++) {
                        weights[f] += moving[f] / order.size();
                    }
                }
            }
        }
        examples.clear();
        answers.clear();
    }

    /** Asks about a row that it has not seen, and counts whether it is right. */
    public void ask(byte[] row, boolean isFirst) {
        asked++;
        right += score(weights, row) > 0 == isFirst ? 1 : 0;
    }

    /** How many it was asked about. */
    public int asked() {
        return asked;
    }

    /** The part that it got right, from 0 to 1. */
    public double accuracy() {
        return (double) right / asked;
    }

    /** The chance to be as far from one half by guessing, when both classes are equally frequent. */
    public double pValue() {
        return Significance.binomial(asked, right, 0.5);
    }

    private static void learn(double[] weights, byte[] example, double by) {
        for (int f = 0; f < example.length; f++) {
            weights[f] += by * example[f] * SCALE;
        }
        weights[example.length] += by;
    }

    private static double score(double[] weights, byte[] example) {
        double sum = weights[example.length];
        for (int f = 0; f < example.length; f++) {
            sum += weights[f] * example[f] * SCALE;
        }
        return sum;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}

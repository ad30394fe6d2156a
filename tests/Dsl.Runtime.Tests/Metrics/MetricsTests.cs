using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests;

public class MetricsTests
{
    private const int Classes = 5;

    private static ConfusionMatrix Confusion => new(MetricsFixtures.Predicted, MetricsFixtures.Actual, Classes);

    [Fact]
    public void Confusion_matrix_is_scikit_learns()
    {
        ConfusionMatrix confusion = Confusion;
        int[] counts = [.. from actual in Enumerable.Range(0, Classes) from predicted in Enumerable.Range(0, Classes) select (int)confusion[actual, predicted]];
        Assert.Equal(MetricsFixtures.Confusion, counts);
        Assert.Equal(MetricsFixtures.AccuracyValue[0], confusion.Accuracy, 1e-15);
        Assert.Equal(MetricsFixtures.AccuracyValue[0], Metrics.Accuracy(MetricsFixtures.Predicted, MetricsFixtures.Actual), 1e-15);
    }

    [Fact]
    public void Precision_recall_and_F1_are_scikit_learns()
    {
        ConfusionMatrix confusion = Confusion;
        for (int c = 0; c < Classes; c++)
        {
            Assert.Equal(MetricsFixtures.Precision[c], confusion.Precision(c), 1e-15);
            Assert.Equal(MetricsFixtures.Recall[c], confusion.Recall(c), 1e-15);
            Assert.Equal(MetricsFixtures.F1[c], confusion.F1(c), 1e-15);
        }

        foreach (Average average in new[] { Average.Macro, Average.Weighted })
        {
            Assert.Equal(MetricsFixtures.PrecisionMeans[(int)average], confusion.Precision(average), 1e-15);
            Assert.Equal(MetricsFixtures.RecallMeans[(int)average], confusion.Recall(average), 1e-15);
            Assert.Equal(MetricsFixtures.F1Means[(int)average], confusion.F1(average), 1e-15);
        }
    }

    [Fact]
    public void Top_k_accuracy_is_scikit_learns()
    {
        for (int k = 1; k < Classes; k++)
            Assert.Equal(MetricsFixtures.TopK[k - 1], Metrics.TopKAccuracy(MetricsFixtures.Scores, MetricsFixtures.Actual, k), 1e-15);
        Assert.Equal(1, Metrics.TopKAccuracy(MetricsFixtures.Scores, MetricsFixtures.Actual, Classes));
    }

    [Fact]
    public void Ties_go_to_the_lower_class_and_NaN_never_helps()
    {
        float[] scores = [1, 1, 0, 0, 1, 1, float.NaN, 2, 1, 2, float.NaN, 1];
        int[] actual = [0, 2, 1, 0];
        int[] predicted = [.. Enumerable.Range(0, 4).Select(i => Metrics.ArgMax(scores.AsSpan(i * 3, 3)))];
        Assert.Equal([0, 1, 0, 0], predicted);

        // A NaN beside the label's score counts against it; a NaN as its score never counts for it.
        Assert.Equal(0.25, Metrics.TopKAccuracy(scores, actual, 1));
        Assert.Equal(0, Metrics.TopKAccuracy([float.NaN, 1], [0], 2));
    }

    [Fact]
    public void Roc_auc_is_scikit_learns_with_ties()
    {
        Assert.Equal(MetricsFixtures.RocAuc[0], Metrics.RocAuc(MetricsFixtures.BinaryScores, MetricsFixtures.Binary), 1e-15);
        Assert.Equal(0.5, Metrics.RocAuc([3, 3, 3, 3], [1, 0, 1, 0]));
        Assert.Equal(1, Metrics.RocAuc([-1, float.PositiveInfinity, float.NegativeInfinity], [-1, 1, -1]));
    }

    [Fact]
    public void Roc_auc_is_the_share_of_ordered_pairs()
    {
        Random random = new(3);
        for (int round = 0; round < 50; round++)
        {
            int count = random.Next(2, 60);
            float[] scores = [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(8))];
            int[] labels = [.. Enumerable.Range(0, count).Select(i => i < 2 ? i : random.Next(2))];
            double wins = 0;
            double pairs = 0;
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    if (labels[i] != 1 || labels[j] != 0)
                        continue;
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }

            Assert.Equal(wins / pairs, Metrics.RocAuc(scores, labels));
        }
    }

    [Fact]
    public void Regression_figures_are_scikit_learns()
    {
        Assert.Equal(MetricsFixtures.Regression[0], Metrics.MeanAbsoluteError(MetricsFixtures.Guesses, MetricsFixtures.Targets), 1e-13);
        Assert.Equal(MetricsFixtures.Regression[1], Metrics.RootMeanSquaredError(MetricsFixtures.Guesses, MetricsFixtures.Targets), 1e-13);
        Assert.Equal(MetricsFixtures.Regression[2], Metrics.R2(MetricsFixtures.Guesses, MetricsFixtures.Targets), 1e-13);
        Assert.Equal(1, Metrics.R2([4, 4], [4, 4]));
        Assert.Equal(0, Metrics.R2([4, 5], [4, 4]));
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Contains("2 predictions, but 3", Assert.Throws<ArgumentException>(() => Metrics.Accuracy([1, 2], [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("no samples", Assert.Throws<ArgumentException>(() => Metrics.Accuracy([], [])).Message, StringComparison.Ordinal);
        Assert.Contains("Label 7 of sample 1", Assert.Throws<ArgumentException>(() => Metrics.TopKAccuracy([1, 2, 3, 4], [0, 7], 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Metrics.TopKAccuracy([1, 2, 3, 4], [0, 1], 3));
        Assert.Contains("5 scores", Assert.Throws<ArgumentException>(() => Metrics.TopKAccuracy([1, 2, 3, 4, 5], [0, 1], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("3 are positive and 0 negative", Assert.Throws<ArgumentException>(() => Metrics.RocAuc([1, 2, 3], [1, 1, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("sample 1 is NaN", Assert.Throws<ArgumentException>(() => Metrics.RocAuc([1, float.NaN], [1, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("Label 2 of sample 0", Assert.Throws<ArgumentException>(() => Metrics.RocAuc([1, 2], [2, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("at least 2 values, not 1", Assert.Throws<ArgumentException>(() => Metrics.R2([1], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("Class 5 is outside 0 to 4", Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(Classes).Add(5, 0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-46_341)]
    [InlineData(46_341)]
    [InlineData(65_536)]
    [InlineData(int.MaxValue)]
    public void A_confusion_matrix_refuses_what_no_array_holds(int classes)
    {
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(classes)).Message;
        Assert.Contains($"2 to 46340 classes, not {classes}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_confusion_matrix_is_a_table()
    {
        ConfusionMatrix confusion = new([0, 1, 1, 2, 2, 2], [0, 1, 2, 2, 2, 0], 3);
        Assert.Equal(
            """
            actual    0   1   2  precision  recall      F1
                 0    1   .   1     1.0000  0.5000  0.6667
                 1    .   1   .     0.5000  1.0000  0.6667
                 2    .   1   2     0.6667  0.6667  0.6667

            """.ReplaceLineEndings("\n"),
            confusion.ToString());
        Assert.Equal(0, new ConfusionMatrix(2).F1(Average.Macro));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Housing;
using Importance;
using Reviews;
using Xunit;

namespace SampleTests;

/// <summary>The other samples of pipelines, on rows that are made up where the product may not ship real ones.</summary>
public sealed class PipelineSamplesTests
{
    [Fact]
    public void Houses_are_worth_what_income_and_place_say_and_curves_are_seen_by_trees_and_networks()
    {
        Random random = new(4);
        District[] districts = [.. Enumerable.Range(0, 1500).Select(i =>
        {
            double income = 1 + (9 * random.NextDouble());
            double latitude = 32 + (10 * random.NextDouble());
            double value = 20_000 * (income + (4 * Math.Sin(latitude)) + 8);
            return new District(-120, latitude, 30, 1000, i % 50 == 0 ? null : 200, 900, 300, income, value);
        })];
        using ValuePipeline pipeline = ValuePipeline.Fit(districts);
        ValuePipeline.Scores scores = pipeline.TestScores!;
        Assert.InRange(scores.LinearR2, 0.1, 0.9);
        Assert.All(new[] { scores.ForestR2, scores.BoostingR2, scores.DeepR2 }, r2 => Assert.InRange(r2, scores.LinearR2, 1));
        Assert.True(pipeline.RandomForestRegressor1.FeatureImportances[7] + pipeline.RandomForestRegressor1.FeatureImportances[1] > 0.99);
        Assert.Null(pipeline.Predict(districts[0]));
        Assert.Contains("LinearRegression1", HousingPage.Of(pipeline, [new("the mean", 2, 0), new("linear regression", 1, 0.5)]).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Reviews_are_told_apart_by_the_words_that_they_differ_in()
    {
        string[] good = ["a wonderful film", "moving and honest", "an honest story", "wonderful scenes"];
        string[] bad = ["a dull film", "tedious and long", "a tedious story", "dull scenes"];
        Review[] reviews = [.. Enumerable.Range(0, 240).Select(i => new Review($"{(i % 2 == 0 ? good : bad)[i / 2 % 4]} number{i % 7} , the film .", i % 2 == 0))];
        using ReviewPipeline pipeline = ReviewPipeline.Fit(reviews.Take(160));
        ReviewPipeline.Scores scores = pipeline.Evaluate(reviews.Skip(160));
        Assert.InRange(scores.LogisticAreaUnderRoc, 0.99, 1);
        Assert.InRange(scores.SgdAccuracy, 0.99, 1);
        Assert.True(pipeline.Predict(new Review("an honest film", true)).LogisticProbability[1] > 0.5);
    }

    [Fact]
    public void Ten_pixels_that_a_forest_picks_say_more_than_ten_along_diagonals()
    {
        IReadOnlyList<Digit> digits = Digit.Read(System.IO.Path.Combine(AppContext.BaseDirectory, "digits.csv"));
        using PixelPipeline pipeline = PixelPipeline.Fit(digits.Take(900));
        PixelPipeline.Scores scores = pipeline.TestScores!;
        Assert.InRange(scores.FewAccuracy, 0.6, 1);
        Assert.True(scores.FewAccuracy > scores.OtherAccuracy && scores.AllAccuracy > scores.FewAccuracy, scores.ToString());
        Assert.Equal(10, pipeline.SelectByImportance1.SelectedFeatures.Count);
        Assert.Contains("Importances", PixelPage.Of(pipeline).ToHtml(), StringComparison.Ordinal);
    }
}

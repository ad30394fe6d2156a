using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Report;

namespace Housing;

/// <summary>The page about a run.</summary>
internal static class HousingPage
{
    /// <summary>Puts it together.</summary>
    public static ReportPage Of(ValuePipeline pipeline, IReadOnlyList<ValueFigures> figures) => new ReportPage("What is a house worth?")
    {
        Lead = "The median value of houses in districts of California by eight figures about them, from file to prediction in one declared pipeline.",
        Footer = "Districts: R. K. Pace, R. Barry, Sparse Spatial Autoregressions (1997), as in A. Géron's handson-ml2, Apache-2.0.",
    }
        .Figures([.. figures.Skip(1).Select(model => new Figure(FormattableString.Invariant($"{model.R2:F3}"), "R² of the " + model.Name))])
        .Pipeline(pipeline)
        .Table("Beside each other", ["model", "RMSE, 100,000 $", "R²"], figures.Select(model => (IReadOnlyList<object?>)[model.Name, model.Rmse, model.R2]))
        .Table(
            "What counts",
            ["feature", "coefficient", "importance in the forest", "importance in boosting"],
            pipeline.LinearRegression1.FeatureNames.Select((name, i) => (IReadOnlyList<object?>)
            [
                name, pipeline.LinearRegression1.Coefficients[i], pipeline.RandomForestRegressor1.FeatureImportances[i], pipeline.GBTRegressor1.FeatureImportances[i],
            ]))
        .Network(pipeline.ValueNet);
}

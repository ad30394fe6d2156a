using Dsl;

namespace Housing;

/// <summary>From a district to the median value of its houses in 100,000 dollars, by four models side by side.</summary>
[Pipeline<District>]
[DropNulls("TotalBedrooms")]
[Map(nameof(Value), "Value")]
[Split(Train = 0.8, Seed = 1)]
[VectorAssembler("Raw", "Longitude", "Latitude", "HousingMedianAge", "TotalRooms", "TotalBedrooms", "Population", "Households", "MedianIncome")]
[StandardScaler("Raw", "Features", WithMean = true)]
[LinearRegression("Raw", "Value", MaxIter = 10, RegParam = 0.3, ElasticNetParam = 0.8, Prediction = "Linear")]
[RandomForestRegressor("Raw", "Value", MaxDepth = 12, FeatureSubsetStrategy = "onethird", Seed = 1, Prediction = "Forest")]
[GBTRegressor("Raw", "Value", MaxIter = 100, Seed = 1, Prediction = "Boosting")]
[Network<ValueNet>("Features", "Value", Epochs = 30, Seed = 1, Prediction = "Deep")]
[Evaluate(Metric.Rmse, Prediction = "Linear"), Evaluate(Metric.R2, Prediction = "Linear")]
[Evaluate(Metric.Rmse, Prediction = "Forest"), Evaluate(Metric.R2, Prediction = "Forest")]
[Evaluate(Metric.Rmse, Prediction = "Boosting"), Evaluate(Metric.R2, Prediction = "Boosting")]
[Evaluate(Metric.Rmse, Prediction = "Deep"), Evaluate(Metric.R2, Prediction = "Deep")]
public sealed partial class ValuePipeline
{
    private static double Value(double medianHouseValue) => medianHouseValue / 100_000;
}

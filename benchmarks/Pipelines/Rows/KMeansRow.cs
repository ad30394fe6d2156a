using System;
using Dsl.Pipelines;

namespace Dsl.Benchmarks.Pipelines.Rows;

/// <summary>Twenty of Lloyd's steps with eight centres that are drawn among the rows; neither side may stop earlier.</summary>
internal sealed class KMeansRow : PipelineRow
{
    private const int Clusters = 8;
    private const int Steps = 20;

    public override string Name => "kmeans";

    public override Func<BenchData> Data => () => BenchData.Million;

    public override string Figure => "mean squared distance";

    public override string Python => $$"""
        from sklearn.cluster import KMeans


        def work(data, threads):
            model = KMeans(n_clusters={{Clusters}}, init="random", n_init=1, max_iter={{Steps}}, tol=0, algorithm="lloyd", copy_x=False, random_state=1)
            return lambda: model.fit(data.x), lambda: model.inertia_ / len(data.x)
        """;

    public override OwnFit Own(BenchData data)
    {
        ColumnBatch batch = data.Batch();
        KMeansModel? model = null;
        return new OwnFit(
            () => model = KMeansModel.Fit(BenchData.Step(Name, 1), batch, BenchData.Features, -1, Clusters, Steps, 0, KMeansInit.Random, 2, KMeansDistance.Euclidean),
            () => model!.TrainingCost / data.Rows);
    }
}

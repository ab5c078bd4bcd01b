using System.Text;
using AlertEngine.Connectors.Kafka;
using Xunit;

namespace AlertEngine.Connectors.Tests.Kafka;

public sealed class Murmur2Tests
{
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("abc", 479470107)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    public void A_hash_is_the_one_of_Javas_client(string key, int hash) => Assert.Equal(hash, (int)Murmur2.Hash(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void The_districts_of_Nanjing_lie_where_the_hash_without_its_sign_says()
    {
        string[] districts = ["320102", "320104", "320105", "320106", "320111", "320113", "320114", "320115", "320116", "320117", "320118", "320100-JBXQ"];
        Assert.All(districts, district => Assert.Equal((Murmur2.Hash(Encoding.UTF8.GetBytes(district)) & 0x7fffffff) % 4, (uint)Murmur2.PartitionOf(district, 4)));
        Assert.True(districts.Select(district => Murmur2.PartitionOf(district, 4)).Distinct().Count() > 1);
    }
}
